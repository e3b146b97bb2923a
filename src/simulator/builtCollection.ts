import { identityOf, isSame } from './collectionState.ts';
import type { CollectedKext } from './journalEvent.ts';
import { kextsOnDisk } from './load/kextsOnDisk.ts';
import { loadEvent } from './loadInstalled.ts';
import type { SimulatedDisk } from './simulatedDisk.ts';
import type { SimulatedMac } from './simulatedMac.ts';

/**
 * Builds the auxiliary collection of what is in the Extensions folders and approved. Of a bundle that was changed and not
 * approved since, the build stays that was collected before.
 */
export async function builtCollection(mac: SimulatedMac): Promise<readonly CollectedKext[]> {
  const { approved, built } = await mac.collection();
  const kexts: CollectedKext[] = [];
  for (const kext of await kextsOnDisk(mac.disk, (await mac.system()).architecture)) {
    const identity = identityOf(kext);
    const before = built.find(each => each.identifier === identity.identifier);
    if (approved.some(each => isSame(each, identity))) {
      const { event: _, ...load } = await loadEvent(mac, kext);
      kexts.push({ ...load, ...identity, path: kext.path });
    } else if (before !== undefined) kexts.push(before);
  }
  return kexts;
}

/** The kexts of a collection whose bundles nobody has removed. */
export async function stillThere(
  disk: SimulatedDisk,
  kexts: readonly CollectedKext[],
): Promise<readonly CollectedKext[]> {
  const isThere = await Promise.all(kexts.map(async ({ path }) => (await disk.entries(path)).length > 0));
  return kexts.filter((_, at) => isThere[at]);
}
