import type { KernelProperty } from '../kernelAnswer.ts';

/** The digits of a number that is too large for one of JavaScript's; undefined for any other property. */
export function digitsOf(value: KernelProperty): string | undefined {
  if (typeof value !== 'object' || !('OSNumber' in value)) return undefined;
  const { OSNumber: digits, ...others } = value as { readonly [key: string]: KernelProperty };
  return typeof digits === 'string' && /^\d+$/.test(digits) && Object.keys(others).length === 0 ? digits : undefined;
}
