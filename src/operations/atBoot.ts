import type { KeptFromTarget } from '../diagnosis/keptFromTarget.ts';
import { providedAtBoot } from '../diagnosis/providedAtBoot.ts';
import { capabilitiesOf } from '../model/capabilities.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import { searchedFolders } from '../tools/kextPlaces.ts';
import { findKextCopies } from './install/kextCopies.ts';
import type { Operation } from './operation.ts';
import { factsOf } from './project/kextFacts.ts';

/**
 * Why nothing is installed in place of what is loaded: no folder from which the target could have taken it has a copy. undefined where
 * that is not so, where it cannot be known (a system that loads from any folder, a folder that cannot be looked into), or where the user
 * has named a folder for builds.
 */
export async function loadedWithoutCopy(
  operation: Operation,
  before: Pick<Snapshot, 'kexts' | 'system'>,
  signal: AbortSignal,
): Promise<KeptFromTarget | undefined> {
  const { target, project, installPath } = operation;
  const { bundleIdentifier } = project;
  const asks = !target.simulated && installPath === undefined && loadedKext(before, bundleIdentifier) !== undefined;
  if (!asks || capabilitiesOf(before.system).loadsFrom.value !== '/Library/Extensions') return undefined;
  const { copies, notices } = await findKextCopies(target, { bundleIdentifier }, signal);
  return copies.length > 0 || notices.length > 0 ? undefined : providedAtBoot(factsOf(operation), searchedFolders);
}
