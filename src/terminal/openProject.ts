import { findKextProject } from '../operations/project/findKextProject.ts';
import type { KextProject } from '../operations/project/kextProject.ts';
import { projectProblemText } from '../report/projectProblemText.ts';
import type { Runner } from '../tools/port/runner.ts';
import { type Options, UsageError } from './options.ts';
import { projectFolder } from './projectFolder.ts';
import { takenProjectText } from './takenProjectText.ts';
import { xcodeWish } from './xcodeWish.ts';

/** The project that the options name, as it is built on `host`; says which kext is taken. Rejects with UsageError where there is none. */
export async function openProject(
  options: Options,
  host: Runner,
  say: (text: string | undefined) => unknown,
  signal: AbortSignal,
): Promise<KextProject> {
  const folder = await projectFolder(options.project);
  const project = await findKextProject(folder, options.build, signal, xcodeWish(options, host));
  if ('problem' in project) throw new UsageError(projectProblemText(project));
  say(takenProjectText(folder, project));
  return project;
}
