import { fileEntry, renameEntry } from '../../tools/fileTools.ts';
import { ask, askTogether, type Runner } from '../../tools/port/runner.ts';
import { removeBundle } from '../../tools/removeBundle.ts';
import { neverCancelled } from '../neverCancelled.ts';
import type { InstallPlace } from './installPlace.ts';
import { notRoots } from './lookAtPlace.ts';

/**
 * Removes a copy that is at a place or beside it: out of the way first, so that a removal that is cut leaves half of none that is loaded
 * or put back. What it leaves is removed by the next install.
 */
export async function removeWhole(
  runner: Runner,
  { discarded, folder }: Pick<InstallPlace, 'discarded' | 'folder'>,
  path: string,
): Promise<void> {
  const signal = neverCancelled();
  if (path !== discarded) await ask(runner, renameEntry(path, discarded), signal);
  await ask(runner, removeBundle(discarded, folder), signal);
}

/**
 * Why root may remove nothing from folders of the target; undefined where it may, or where they are gone. In a folder that somebody
 * else may change, another bundle could stand in place of the one that was found.
 */
export async function whyNotRemovable(
  runner: Runner,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const all = [...new Set(folders)];
  const entries = await askTogether(runner, all.map(fileEntry), signal);
  const problems = all.map((folder, at) => {
    const entry = entries[at]?.();
    const problem = entry && notRoots(entry);
    return (
      problem && `${folder} ${problem}: nothing is removed there as root. Give it to root, or remove the kext by hand.`
    );
  });
  return problems.find(problem => problem !== undefined);
}
