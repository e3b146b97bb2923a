import { findKexts } from '../operations/project/findKexts.ts';
import type { FoundKext } from '../operations/project/kextProject.ts';
import { projectProblemText } from '../report/projectProblemText.ts';
import { UsageError } from './options.ts';
import { projectFolder } from './projectFolder.ts';

/** The kexts in the folders that `--with` names. Rejects with UsageError for one that has none. */
export async function kextsWith(folders: readonly string[]): Promise<readonly FoundKext[]> {
  const found = await Promise.all(folders.map(kextsIn));
  return found.flat();
}

async function kextsIn(named: string): Promise<readonly FoundKext[]> {
  const folder = await projectFolder(named);
  // They are not built here.
  const { kexts, problems } = await findKexts(folder, { buildCommand: ['make'] });
  if (kexts.length > 0) return kexts;
  const problem = problems[0] ?? { problem: `No kext project in ${folder}; --with takes a folder with other kexts` };
  throw new UsageError(projectProblemText(problem));
}
