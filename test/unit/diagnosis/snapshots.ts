import type { ClassCounts, Superclasses } from '../../../src/model/classCounts.ts';
import type { Kext } from '../../../src/model/kext.ts';
import type { PropertyValue, RegistryEntry } from '../../../src/model/registryEntry.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';

/** Where the identifier of a kext stands. */
export const anchor = { file: '/p/Info.plist', line: 9, column: 2 };

/** What a diagnosis is told of a kext. */
export const facts = {
  bundleIdentifier: 'org.sample.driver.Turbine',
  target: 'the Simulated Mac',
  identifierPosition: anchor,
};

/** An I/O Registry object of that class; a service that is active unless told otherwise. */
export function entry(className: string, told: Partial<RegistryEntry> = {}): RegistryEntry {
  return {
    id: undefined,
    name: className,
    location: undefined,
    className,
    inheritance: undefined,
    registered: true,
    matched: true,
    active: true,
    busy: 0,
    retain: 5,
    properties: new Map(),
    children: [],
    ...told,
  };
}

/** The properties of a user client that the process has opened, as IOKit sets them. */
export function openedBy(process: string, pid: number): ReadonlyMap<string, PropertyValue> {
  return new Map([['IOUserClientCreator', `pid ${pid}, ${process}`]]);
}

/** A loaded kext. */
export function kext(bundleIdentifier: string, told: Partial<Kext> = {}): Kext {
  return {
    bundleIdentifier,
    version: '1.0',
    index: 100,
    references: 0,
    address: 0xffffff7f81000000n,
    size: 0x4000n,
    wired: 0x4000n,
    architecture: undefined,
    uuid: '11111111-2222-3333-4444-555555555555',
    linkedAgainst: [],
    ...told,
  };
}

/** What a target held; nothing but a root where nothing else is told. */
export function snapshot(told: Partial<Snapshot> = {}): Snapshot {
  return {
    target: 'simulated',
    takenAt: new Date(0),
    system: { version: '10.15.7', build: '19H2026', bootTime: 1000 },
    kexts: [],
    classCounts: new Map(),
    registry: [],
    objects: [],
    ...told,
  };
}

/** `counts({ Turbine: 1 })` */
export function counts(told: Readonly<Record<string, number>>): ClassCounts {
  return new Map(Object.entries(told));
}

/** `superclasses({ Turbine: 'IOService' })` */
export function superclasses(told: Readonly<Record<string, string>>): Superclasses {
  return new Map(Object.entries(told));
}
