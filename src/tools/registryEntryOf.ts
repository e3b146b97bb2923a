import type { PropertyValue, RegistryEntry } from '../model/registryEntry.ts';

// IOKit/IOService.h: the words of IOService's own state.
const inactive = 0x1n;
const registered = 0x2n;
const matched = 0x4n;

/** What ioreg adds to an object's own properties in an archive (IOKitTools, ioreg.c). */
const added: ReadonlySet<string> = new Set([
  'IORegistryEntryName',
  'IORegistryEntryLocation',
  'IORegistryEntryID',
  'IORegistryEntryChildren',
  'IOObjectClass',
  'IOObjectInheritance',
  'IOObjectRetainCount',
  'IOServiceState',
  'IOServiceBusyState',
  'IOServiceBusyTime',
]);

/** The object that a dictionary of an ioreg archive describes, with all below it; undefined where it describes none. */
export function registryEntryOf(value: PropertyValue): RegistryEntry | undefined {
  const dictionary = dictionaryOf(value);
  const className = stringOf(dictionary?.get('IOObjectClass'));
  if (!dictionary || className === undefined) return undefined;
  const children = arrayOf(dictionary.get('IORegistryEntryChildren')) ?? [];
  const entries = children.map(registryEntryOf).filter(entry => entry !== undefined);
  if (entries.length < children.length) return undefined;
  const state = integerOf(dictionary.get('IOServiceState'));
  return {
    id: integerOf(dictionary.get('IORegistryEntryID')),
    name: stringOf(dictionary.get('IORegistryEntryName')) ?? className,
    location: stringOf(dictionary.get('IORegistryEntryLocation')),
    className,
    inheritance: arrayOf(dictionary.get('IOObjectInheritance'))
      ?.map(stringOf)
      .filter(name => name !== undefined),
    registered: has(state, registered),
    matched: has(state, matched),
    active: state === undefined ? undefined : !has(state, inactive),
    busy: countOf(dictionary.get('IOServiceBusyState')),
    retain: countOf(dictionary.get('IOObjectRetainCount')),
    properties: new Map([...dictionary].filter(([key]) => !added.has(key))),
    children: entries,
  };
}

function has(state: bigint | undefined, bit: bigint): boolean | undefined {
  return state === undefined ? undefined : (state & bit) !== 0n;
}

function dictionaryOf(value: PropertyValue | undefined): ReadonlyMap<string, PropertyValue> | undefined {
  return typeof value === 'object' && 'dictionary' in value ? value.dictionary : undefined;
}

function arrayOf(value: PropertyValue | undefined): readonly PropertyValue[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function stringOf(value: PropertyValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function integerOf(value: PropertyValue | undefined): bigint | undefined {
  return typeof value === 'bigint' ? value : undefined;
}

function countOf(value: PropertyValue | undefined): number | undefined {
  const integer = integerOf(value);
  return integer === undefined ? undefined : Number(integer);
}
