import { type ClassCounts, ownInstances, type Superclasses, subclassesInUse } from '../model/classCounts.ts';
import { onceFor } from '../model/onceFor.ts';
import { everyEntry, hasUnknownClass, mayBeOfClass, type RegistryEntry } from '../model/registryEntry.ts';

/** Where the live objects of one class are: the ground of every verdict. */
export interface ClassInstances {
  readonly class: string;
  /** The kernel's count, with one for each direct subclass in use. */
  readonly counted: number;
  /** Objects whose most derived class it is. */
  readonly own: number;
  /** Objects of it in the registry that were not terminated. */
  readonly active: readonly RegistryEntry[];
  /** Objects of it that were terminated and are still attached, or whose state was cut off. */
  readonly inactive: readonly RegistryEntry[];
  /** Objects whose class was cut off, so that they may be of this one. */
  readonly unclear: readonly RegistryEntry[];
  /** Own objects that the registry does not show: leaked, once the driver is terminated, or no service at all. */
  readonly unlisted: number;
  readonly subclassesInUse: readonly string[];
}

/** Sorts the live objects of `className` by where they are; undefined for a class that is not registered. */
export function classInstances(
  className: string,
  counts: ClassCounts,
  superclasses: Superclasses,
  registry: readonly RegistryEntry[],
): ClassInstances | undefined {
  const counted = counts.get(className);
  const own = ownInstances(className, counts, superclasses);
  if (counted === undefined || own === undefined) return undefined;
  const entries = objectsOfClasses(registry).get(className) ?? [];
  const inactive = entries.filter(entry => entry.active === false || isStateUnknown(entry));
  const active = entries.filter(entry => !inactive.includes(entry));
  return {
    class: className,
    counted,
    own,
    active,
    inactive,
    unclear: objectsOfUnknownClass(registry).filter(entry => mayBeOfClass(entry, className)),
    unlisted: Math.max(0, own - entries.length),
    subclassesInUse: subclassesInUse(className, counts, superclasses),
  };
}

const allObjects = onceFor((registry: readonly RegistryEntry[]) => [...everyEntry(registry)]);

/** The registry's objects by their most derived class. */
const objectsOfClasses = onceFor((registry: readonly RegistryEntry[]) => {
  const objects = new Map<string, RegistryEntry[]>();
  for (const entry of allObjects(registry)) {
    const known = objects.get(entry.className);
    if (known === undefined) objects.set(entry.className, [entry]);
    else known.push(entry);
  }
  return objects;
});

const objectsOfUnknownClass = onceFor((registry: readonly RegistryEntry[]) =>
  allObjects(registry).filter(hasUnknownClass),
);

/** True where an object has no word on its state because the line was cut off before it. */
export function isStateUnknown({ active, incomplete }: RegistryEntry): boolean {
  return active === undefined && incomplete === true;
}

type Declared = readonly { readonly name: string; readonly superclass: string | undefined }[];

/** Direct superclasses as the source declares them and as the registry's inheritance chains show them. */
export function knownSuperclasses(declared: Declared, registry: readonly RegistryEntry[]): Superclasses {
  return superclassesWith(registry)(declared);
}

const superclassesWith = onceFor((registry: readonly RegistryEntry[]) =>
  onceFor((declared: Declared): Superclasses => {
    const known = new Map<string, string>();
    for (const { name, superclass } of declared) if (superclass !== undefined) known.set(name, superclass);
    for (const [name, above] of shownSuperclasses(registry)) known.set(name, above);
    return known;
  }),
);

/** What the chains of all objects show; the objects of one class all show the same. */
const shownSuperclasses = onceFor((registry: readonly RegistryEntry[]): Superclasses => {
  const known = new Map<string, string>();
  for (const { inheritance = [] } of allObjects(registry)) {
    const own = inheritance.at(-1);
    if (own === undefined || known.has(own)) continue;
    for (const [at, name] of inheritance.entries()) {
      const above = inheritance[at - 1];
      if (above !== undefined) known.set(name, above);
    }
  }
  return known;
});

/** Own instances by class, of those classes that are registered. */
export function ownCounts(
  classes: readonly string[],
  declared: Declared,
  { classCounts, registry }: { readonly classCounts: ClassCounts; readonly registry: readonly RegistryEntry[] },
): ReadonlyMap<string, number> {
  const superclasses = knownSuperclasses(declared, registry);
  return new Map(
    classes.flatMap(name => {
      const own = ownInstances(name, classCounts, superclasses);
      return own === undefined ? [] : [[name, own] as const];
    }),
  );
}

/** How many superclasses of `className` are known: more means deeper. */
export function depth(className: string, superclasses: Superclasses): number {
  return superclassesOf(className, superclasses).length;
}

/** No chain of real classes is longer; a source that names a class its own superclass has no end. */
const longestChain = 64;

/** The known superclasses of `className`, the direct one first. */
export function superclassesOf(className: string, superclasses: Superclasses): readonly string[] {
  const chain: string[] = [];
  let above = superclasses.get(className);
  while (above !== undefined && chain.length < longestChain) {
    chain.push(above);
    above = superclasses.get(above);
  }
  return chain;
}
