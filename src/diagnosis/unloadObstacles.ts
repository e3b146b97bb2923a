import { capabilitiesOf } from '../model/capabilities.ts';
import type { Superclasses } from '../model/classCounts.ts';
import type { RunningProcess } from '../model/driverUse.ts';
import { dependents } from '../model/kext.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import { usingProcesses } from './holders.ts';
import { classInstances, superclassesOf } from './instances.ts';

/** What is likely to make the kernel refuse an unload, or worse, seen before anything is terminated. */
export type UnloadObstacle = {
  /** The kext in whose way it is, where that is not the one that was asked for but one that goes before it. */
  readonly of?: string;
} & (
  | { readonly kind: 'openClient'; readonly process: RunningProcess }
  | { readonly kind: 'dependents'; readonly kexts: readonly string[] }
  /** Objects that should be in the I/O Registry and are not: they left it, and somebody retains them. */
  | { readonly kind: 'leaked'; readonly class: string; readonly instances: number }
  /** A process has it open, and the kernel does not live through a driver that therefore stays. */
  | { readonly kind: 'panic' }
);

/**
 * What stands in the way of an unload; nothing of a kext that is not loaded. `classes`: the kext's own; `goFirst`: kexts that
 * are unloaded before it.
 */
export function unloadObstacles(
  snapshot: Snapshot,
  bundleIdentifier: string,
  classes: readonly string[],
  superclasses: Superclasses,
  goFirst: ReadonlySet<string> = new Set(),
): readonly UnloadObstacle[] {
  const kext = loadedKext(snapshot, bundleIdentifier);
  if (kext === undefined) return [];
  const needing = dependents(kext, snapshot.kexts)
    .map(each => each.bundleIdentifier)
    .filter(each => !goFirst.has(each));
  const clients = usingProcesses(snapshot.objects).map((process): UnloadObstacle => ({ kind: 'openClient', process }));
  const panics = clients.length > 0 && capabilitiesOf(snapshot.system).terminationTimeout.value === 'panics';
  return [
    ...clients,
    ...(panics ? [{ kind: 'panic' } as const] : []),
    ...(needing.length === 0 ? [] : [{ kind: 'dependents', kexts: needing } as const]),
    ...classes.flatMap(name => leakedAlready(name, snapshot, superclasses)),
  ];
}

/** Only a service belongs into the registry for as long as it lives: of another object nothing can be told before. */
function leakedAlready(name: string, snapshot: Snapshot, superclasses: Superclasses): readonly UnloadObstacle[] {
  if (!superclassesOf(name, superclasses).includes('IOService')) return [];
  const instances = classInstances(name, snapshot.classCounts, superclasses, snapshot.registry)?.unlisted ?? 0;
  return instances > 0 ? [{ kind: 'leaked', class: name, instances }] : [];
}

/** One sentence for each: `barctl (pid 401) has it open: quit it first.` Another kext than the one asked for is named. */
export function obstacleText(obstacle: UnloadObstacle): string {
  const { of: what = 'it' } = obstacle;
  switch (obstacle.kind) {
    case 'openClient':
      return `${obstacle.process.name} (pid ${obstacle.process.pid}) has ${what} open: quit it first.`;
    case 'dependents':
      return obstacle.kexts.length === 1
        ? `${obstacle.kexts[0]} is linked against ${what}: unload that first.`
        : `${obstacle.kexts.join(', ')} are linked against ${what}: unload those first.`;
    case 'panic':
      return `This macOS panics where ${what} is not gone 15 seconds after it was told to terminate.`;
    case 'leaked': {
      const { instances, class: name } = obstacle;
      const classOf = obstacle.of === undefined ? name : `${name} of ${what}`;
      return instances === 1
        ? `1 instance of ${classOf} is leaked already.`
        : `${instances} instances of ${classOf} are leaked already.`;
    }
  }
}
