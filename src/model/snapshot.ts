import type { ClassCounts } from './classCounts.ts';
import type { RunningProcess } from './driverUse.ts';
import type { Kext } from './kext.ts';
import { onceFor } from './onceFor.ts';
import type { RegistryEntry } from './registryEntry.ts';
import type { System } from './system.ts';

/** What one target's kernel held at one moment. */
export interface Snapshot {
  readonly target: string;
  readonly takenAt: Date;
  readonly system: System;
  readonly kexts: readonly Kext[];
  readonly classCounts: ClassCounts;
  /** The roots of the IOService plane. */
  readonly registry: readonly RegistryEntry[];
  /** The objects of the classes that were asked about, with their properties. */
  readonly objects: readonly RegistryEntry[];
  /** The processes that run; absent where nobody asked for them. */
  readonly processes?: readonly RunningProcess[];
}

/** The loaded kext with that identifier. */
export function loadedKext(snapshot: Pick<Snapshot, 'kexts'>, bundleIdentifier: string): Kext | undefined {
  return byIdentifier(snapshot.kexts).get(bundleIdentifier);
}

/** The first of each, should a list repeat one. */
const byIdentifier = onceFor(
  (kexts: readonly Kext[]) => new Map(kexts.toReversed().map(kext => [kext.bundleIdentifier, kext])),
);
