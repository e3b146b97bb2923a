import { loadedKext } from '../../model/snapshot.ts';
import type { Operation } from '../operation.ts';
import { listedAfterwards } from './listedKexts.ts';

/** What the target lists of the kext after an operation went wrong: its UUID, and `unknown` where the list has none or cannot be read. */
export async function listedUuid({ project, target }: Pick<Operation, 'project' | 'target'>): Promise<string> {
  const kexts = await listedAfterwards(target);
  if (kexts === undefined) return 'unknown';
  const kext = loadedKext({ kexts }, project.bundleIdentifier);
  return kext === undefined ? 'notListed' : (kext.uuid ?? 'unknown');
}
