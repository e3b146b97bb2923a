import { onceFor } from './onceFor.ts';

/**
 * Instance counts by class name, as ioclasscount(8) prints them: live objects whose most derived class it is, plus
 * one for each *direct* subclass in use (xnu, OSMetaClass::instanceConstructed). A name that is missing is a class
 * that is not registered. Negative after an over-release.
 */
export type ClassCounts = ReadonlyMap<string, number>;

/** Direct superclass by class name, as far as it is known. */
export type Superclasses = ReadonlyMap<string, string>;

/** Live objects whose most derived class is `className`; undefined when the class is not registered. */
export function ownInstances(className: string, counts: ClassCounts, superclasses: Superclasses): number | undefined {
  const count = counts.get(className);
  if (count === undefined) return undefined;
  return count - subclassesInUse(className, counts, superclasses).length;
}

/** Direct subclasses of `className` that have instances: each adds one to its count. */
export function subclassesInUse(className: string, counts: ClassCounts, superclasses: Superclasses): readonly string[] {
  return (directSubclasses(superclasses).get(className) ?? []).filter(name => (counts.get(name) ?? 0) > 0);
}

const directSubclasses = onceFor((superclasses: Superclasses) => {
  const subclasses = new Map<string, string[]>();
  for (const [name, superclass] of superclasses) {
    const known = subclasses.get(superclass);
    if (known === undefined) subclasses.set(superclass, [name]);
    else known.push(name);
  }
  return subclasses;
});
