import type { KernelRegistryEntry } from '../kernelAnswer.ts';

/** An object's class behind its superclasses, as `ioreg -i` shows them: below OSObject, which all have in common. */
export function shownChain({ inheritance }: KernelRegistryEntry): readonly string[] {
  return inheritance.filter(name => name !== 'OSObject');
}
