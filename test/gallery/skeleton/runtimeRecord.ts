import type { KernelAnswer, KernelRegistryEntry } from '../../../src/simulator/kernelAnswer.ts';

/** Where the objects of a class are, by the kernel's own record and not by what its tools print. */
export interface ClassRecord {
  readonly class: string;
  /** Objects whose most derived class it is. */
  readonly instances: number;
  readonly active: number;
  readonly inactive: number;
  /** Of each one in the registry. */
  readonly busy: readonly number[];
}

/** The classes that a kext registered and that have a count, by name. */
export function classesInUse({ classes }: KernelAnswer, identifier: string): readonly string[] {
  return classes.filter(each => each.kext === identifier && each.count !== 0).map(({ name }) => name);
}

export function classRecord(answer: KernelAnswer, name: string): ClassRecord {
  const entries = registryEntries(answer).filter(entry => entry.class === name);
  return {
    class: name,
    instances: ownCount(answer, name),
    active: entries.filter(entry => entry.active).length,
    inactive: entries.filter(entry => !entry.active).length,
    busy: entries.map(entry => entry.busy),
  };
}

/** Own objects of the kernel's classes that are there now and were not before, by class. */
export function lostKernelObjects(before: KernelAnswer, after: KernelAnswer): Record<string, number> {
  const names = after.classes.filter(({ kext }) => kext === '__kernel__').map(({ name }) => name);
  const lost = names.map(name => [name, ownCount(after, name) - ownCount(before, name)] as const);
  return Object.fromEntries(lost.filter(([, count]) => count !== 0));
}

/** xnu counts one more for each direct subclass in use. */
function ownCount({ classes }: KernelAnswer, name: string): number {
  const count = classes.find(each => each.name === name)?.count ?? 0;
  return count - classes.filter(each => each.superclass === name && each.count > 0).length;
}

/** An object with several providers stands below each, and is one. */
function registryEntries({ registry }: KernelAnswer): readonly KernelRegistryEntry[] {
  const found = new Map<string, KernelRegistryEntry>();
  const visit = (entry: KernelRegistryEntry): void => {
    found.set(entry.id, entry);
    entry.children.forEach(visit);
  };
  visit(registry);
  return [...found.values()];
}
