import type { PropertyValue, RegistryEntry } from '../../model/registryEntry.ts';

// IOKit/IOService.h: the words of IOService's own state.
const inactive = 0x1n;
const registered = 0x2n;
const matched = 0x4n;

/** What ioreg adds to an object's own properties in an archive (IOKitTools, ioreg.c). */
const added = [
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
] as const;

type Added = (typeof added)[number];

const placeOfAdded: ReadonlyMap<string, number> = new Map(added.map((key, at) => [key, at]));

/** An object of an ioreg archive whose dictionary is being read. */
export class RegistryEntryDraft {
  readonly children: RegistryEntry[] = [];
  /** What ioreg has added, each at its place: a map for each object would cost as much again as its properties. */
  readonly #added = new Array<PropertyValue | undefined>(added.length).fill(undefined);
  readonly #properties = new Map<string, PropertyValue>();

  /** Whether ioreg adds a value of that name to an object's own. */
  static adds(key: string): boolean {
    return placeOfAdded.has(key);
  }

  set(key: string, value: PropertyValue): void {
    const place = placeOfAdded.get(key);
    if (place === undefined) this.#properties.set(key, value);
    else this.#added[place] = value;
  }

  /** The object; undefined where the dictionary has described none, for lack of a class. */
  entry(): RegistryEntry | undefined {
    const className = this.#string('IOObjectClass');
    if (className === undefined) return undefined;
    const state = this.#integer('IOServiceState');
    const inheritance = this.#value('IOObjectInheritance');
    return {
      id: this.#integer('IORegistryEntryID'),
      name: this.#string('IORegistryEntryName') ?? className,
      location: this.#string('IORegistryEntryLocation'),
      className,
      inheritance: Array.isArray(inheritance) ? inheritance.filter(name => typeof name === 'string') : undefined,
      registered: has(state, registered),
      matched: has(state, matched),
      active: state === undefined ? undefined : !has(state, inactive),
      busy: this.#count('IOServiceBusyState'),
      retain: this.#count('IOObjectRetainCount'),
      properties: this.#properties,
      children: this.children,
    };
  }

  #value(key: Added): PropertyValue | undefined {
    return this.#added[placeOfAdded.get(key) ?? added.length];
  }

  #string(key: Added): string | undefined {
    const value = this.#value(key);
    return typeof value === 'string' ? value : undefined;
  }

  #integer(key: Added): bigint | undefined {
    const value = this.#value(key);
    return typeof value === 'bigint' ? value : undefined;
  }

  #count(key: Added): number | undefined {
    const integer = this.#integer(key);
    return integer === undefined ? undefined : Number(integer);
  }
}

function has(state: bigint | undefined, bit: bigint): boolean | undefined {
  return state === undefined ? undefined : (state & bit) !== 0n;
}
