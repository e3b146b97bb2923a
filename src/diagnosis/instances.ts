import { type ClassCounts, ownInstances, type Superclasses, subclassesInUse } from '../model/classCounts.ts';
import { everyEntry, type RegistryEntry } from '../model/registryEntry.ts';

/** Where the live objects of one class are: the ground of every verdict. */
export interface ClassInstances {
  readonly class: string;
  /** The kernel's count, with one for each direct subclass in use. */
  readonly counted: number;
  /** Objects whose most derived class it is. */
  readonly own: number;
  /** Objects of it in the registry that were not terminated. */
  readonly active: readonly RegistryEntry[];
  /** Objects of it that were terminated and are still attached. */
  readonly inactive: readonly RegistryEntry[];
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
  const entries = [...everyEntry(registry)].filter(entry => entry.className === className);
  const inactive = entries.filter(entry => entry.active === false);
  const active = entries.filter(entry => entry.active !== false);
  return {
    class: className,
    counted,
    own,
    active,
    inactive,
    unlisted: Math.max(0, own - entries.length),
    subclassesInUse: subclassesInUse(className, counts, superclasses),
  };
}

/** Direct superclasses as the source declares them and as the registry's inheritance chains show them. */
export function knownSuperclasses(
  declared: readonly { readonly name: string; readonly superclass: string | undefined }[],
  registry: readonly RegistryEntry[],
): Superclasses {
  const known = new Map<string, string>();
  for (const { name, superclass } of declared) if (superclass !== undefined) known.set(name, superclass);
  for (const entry of everyEntry(registry)) {
    for (const [at, name] of (entry.inheritance ?? []).entries()) {
      const above = entry.inheritance?.[at - 1];
      if (above !== undefined) known.set(name, above);
    }
  }
  return known;
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
