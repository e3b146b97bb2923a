import type { PropertyValue } from '../../../../src/model/registryEntry.ts';
import type { KernelProperty } from '../../../../src/simulator/kernelAnswer.ts';

/** Why the simulated kernel cannot have that value; undefined where it can. */
export function unheldBecause(value: PropertyValue): string | undefined {
  if (typeof value === 'bigint')
    return isExact(value) || isUnsigned(value) ? undefined : 'a negative number beyond 2^53';
  if (typeof value !== 'object') return undefined;
  if (value instanceof Uint8Array) return 'data';
  if (isList(value)) return firstReason(value);
  return 'raw' in value ? 'a value without a form' : firstReason([...value.dictionary.values()]);
}

/** The value in the simulated kernel's words. Throws RangeError where unheldBecause() has a reason. */
export function kernelProperty(value: PropertyValue): KernelProperty {
  if (unheldBecause(value) !== undefined) throw new RangeError('not a value of the simulated kernel');
  if (typeof value === 'bigint') return isExact(value) ? Number(value) : { OSNumber: String(value) };
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(kernelProperty);
  return 'dictionary' in value ? kernelProperties(value.dictionary) : [];
}

/** The same for all properties of an object, or members of a dictionary. */
export function kernelProperties(values: ReadonlyMap<string, PropertyValue>): {
  readonly [key: string]: KernelProperty;
} {
  return Object.fromEntries([...values].map(([key, value]) => [key, kernelProperty(value)]));
}

/** The kernel answers in JSON. */
function isExact(value: bigint): boolean {
  return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value));
}

function isUnsigned(value: bigint): boolean {
  return BigInt.asUintN(64, value) === value;
}

function firstReason(values: readonly PropertyValue[]): string | undefined {
  return values.map(unheldBecause).find(reason => reason !== undefined);
}

function isList(value: PropertyValue): value is readonly PropertyValue[] {
  return Array.isArray(value);
}
