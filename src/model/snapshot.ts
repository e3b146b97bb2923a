import type { ClassCounts } from './classCounts.ts';
import type { RunningProcess } from './driverUse.ts';
import type { Kext } from './kext.ts';
import type { RegistryEntry } from './registryEntry.ts';

/** The system that a target runs. */
export interface System {
  /** `10.15.7` */
  readonly version: string;
  /** `19H2026` */
  readonly build: string | undefined;
  /** Seconds since 1970 at which it started: another value is another boot. */
  readonly bootTime: number | undefined;
}

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
export function loadedKext(snapshot: Snapshot, bundleIdentifier: string): Kext | undefined {
  return snapshot.kexts.find(kext => kext.bundleIdentifier === bundleIdentifier);
}
