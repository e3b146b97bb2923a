import type { FoundKext } from '../project/kextProject.ts';
import { ProjectProbe } from '../project/projectProbe.ts';
import type { XcodeQuestions } from './xcodeQuestions.ts';
import { schemesOf } from './xcodeSchemes.ts';

/** What can be chosen of how Xcode builds a kext. */
export interface BuildOptions {
  readonly schemes: readonly string[];
  readonly configurations: readonly string[];
  readonly architectures: readonly string[];
}

/**
 * The schemes that build a kext's target, its configurations and architectures: as Xcode says them, else as the project's
 * files do. Undefined for a kext that Xcode does not make.
 */
export async function buildOptions(
  { xcode }: FoundKext,
  questions: XcodeQuestions | undefined,
  signal: AbortSignal,
): Promise<BuildOptions | undefined> {
  if (xcode === undefined) return undefined;
  const { build, configurations, architectures, workspaces } = xcode;
  const inFiles = await schemesOf(build.projectFile, workspaces, new ProjectProbe());
  const answer = await questions?.project(build, signal);
  const told = answer?.kind === 'told' ? answer.value : undefined;
  // Xcode makes a scheme of each target's name where there is no other; those of other targets build another kext.
  const builds = (scheme: string) => (inFiles.get(scheme)?.targets ?? [scheme]).includes(build.target);
  // Asked of the project, Xcode does not say what the workspace around it has.
  const ofWorkspaces = [...inFiles].filter(([, { workspace }]) => workspace !== undefined).map(([name]) => name);
  const named = told === undefined ? inFiles.keys() : new Set([...told.schemes, ...ofWorkspaces]);
  const confirmed = told?.configurations.length ? told.configurations : configurations;
  return { schemes: [...named].filter(builds), configurations: confirmed, architectures };
}
