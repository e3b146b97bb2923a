import { dependents, type Kext } from './kext.ts';

/**
 * The kexts of `all` that depend on `kext`, directly or through others, in the order in which they can be unloaded: each
 * before everything that it is linked against, and of several that could come next the one that was loaded last. The
 * reverse is the order in which they can be loaded, and the same for all who look at one kernel.
 */
export function unloadOrder(kext: Kext, all: readonly Kext[]): readonly Kext[] {
  const left = dependingOn(kext, all);
  const order: Kext[] = [];
  while (left.size > 0) {
    const lastLoaded = [...left].sort((a, b) => (b.index ?? 0) - (a.index ?? 0));
    const isFree = (each: Kext) => !dependents(each, lastLoaded).some(other => other !== each);
    // A kernel lists no circle; what a damaged list says of one is taken as it comes.
    const next = lastLoaded.find(isFree) ?? lastLoaded[0];
    if (next === undefined) break;
    order.push(next);
    left.delete(next);
  }
  return order;
}

function dependingOn(kext: Kext, all: readonly Kext[]): Set<Kext> {
  const found = new Set<Kext>();
  const look = (each: Kext): void => {
    for (const other of dependents(each, all)) {
      if (other === kext || found.has(other)) continue;
      found.add(other);
      look(other);
    }
  };
  look(kext);
  return found;
}
