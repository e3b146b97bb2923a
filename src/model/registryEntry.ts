/** A value of an I/O Registry property, as ioreg(8) shows it. `raw` keeps text that has no other form. */
export type PropertyValue =
  | string
  | boolean
  | bigint
  | Uint8Array
  | { readonly raw: string }
  | readonly PropertyValue[]
  | { readonly dictionary: ReadonlyMap<string, PropertyValue> };

/**
 * One object of the I/O Registry (ioreg(8)). State words are undefined for objects that are no IOService. Of what was cut off,
 * `name`, `location` and `className` have the beginning and `…` behind it, which no name of a class has.
 */
export interface RegistryEntry {
  /** Registry entry id; undefined in the output of systems before 10.6. */
  readonly id: bigint | undefined;
  readonly name: string;
  readonly location: string | undefined;
  readonly className: string;
  /** Superclass chain, root-most first and ending with `className`; undefined unless ioreg was asked for it (`-i`). */
  readonly inheritance: readonly string[] | undefined;
  readonly registered: boolean | undefined;
  readonly matched: boolean | undefined;
  readonly active: boolean | undefined;
  readonly busy: number | undefined;
  /** Raw retain count, with ioreg's own reference and one per plane: only differences mean anything. */
  readonly retain: number | undefined;
  /** Its line was cut off, not understood or left out: what is undefined may be so because it is not known. */
  readonly incomplete?: true;
  readonly properties: ReadonlyMap<string, PropertyValue>;
  readonly children: readonly RegistryEntry[];
}

/** Every entry below and including `roots`, parents first, however deep. An object with several parents comes once. */
export function* everyEntry(roots: readonly RegistryEntry[]): Generator<RegistryEntry> {
  const seen = new Set<bigint>();
  const open = [roots.values()];
  for (let entries = open.at(-1); entries !== undefined; entries = open.at(-1)) {
    const { value: entry } = entries.next();
    if (entry === undefined) open.pop();
    else if (entry.id === undefined || !seen.has(entry.id)) {
      if (entry.id !== undefined) seen.add(entry.id);
      yield entry;
      open.push(entry.children.values());
    }
  }
}

/** Stands behind what is known of a name that was cut off, and for the whole of it where nothing is. */
export const cutOff = '…';

/** True where the class was cut off. */
export function hasUnknownClass({ className }: RegistryEntry): boolean {
  return className.endsWith(cutOff);
}

/** The classes with which the chain of any object begins: a beginning of theirs may be one of a chain. */
const firstOfChains = ['IORegistryEntry', 'OSObject'];

/** True where the object's class was cut off, and what is left of it does not say that it is another one than `asked`. */
export function mayBeOfClass(entry: RegistryEntry, asked: string): boolean {
  if (!hasUnknownClass(entry)) return false;
  const beginning = entry.className.slice(0, -cutOff.length);
  return entry.inheritance !== undefined || [asked, ...firstOfChains].some(name => name.startsWith(beginning));
}
