import type { KernelClass } from '../../../../src/simulator/kernelAnswer.ts';
import type { ClassCount } from '../../../../src/tools/ioclasscount.ts';
import type { Held } from './held.ts';

/** The counts of a list, for a kernel. A class that is not registered is none of its classes. */
export function heldCounts(counts: readonly ClassCount[]): Held<ClassCount, KernelClass> {
  const readable = counts.filter(({ unreadable }) => !unreadable);
  return {
    records: readable,
    kernel: readable.flatMap(({ name, instances }) =>
      instances === undefined ? [] : [{ name, superclass: 'OSObject', kext: '__kernel__', count: instances }],
    ),
    unheld: counts.filter(({ unreadable }) => unreadable).map(({ name }) => `${name}: a count that cannot be read`),
  };
}
