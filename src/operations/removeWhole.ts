import { renameEntry } from '../tools/fileTools.ts';
import { removeBundle } from '../tools/removeBundle.ts';
import { ask, type Runner } from '../tools/runner.ts';
import type { InstallPlace } from './installPlace.ts';
import { neverCancelled } from './neverCancelled.ts';

/**
 * Removes a copy that is at a place or beside it: out of the way first, so that a removal that is cut leaves half of none that is loaded
 * or put back. What it leaves is removed by the next install.
 */
export async function removeWhole(
  runner: Runner,
  { gone, folder }: Pick<InstallPlace, 'gone' | 'folder'>,
  path: string,
): Promise<void> {
  const signal = neverCancelled();
  if (path !== gone) await ask(runner, renameEntry(path, gone), signal);
  await ask(runner, removeBundle(gone, folder), signal);
}
