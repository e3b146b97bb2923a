import type { ClassCounts } from '../model/classCounts.ts';
import type { PropertyValue, RegistryEntry } from '../model/registryEntry.ts';
import { instanceCount } from './ioclasscount.ts';

/** The property of the registry's root in which the kernel counts what it has allocated (xnu, IORegistryEntry.cpp). */
export const diagnosticsProperty = 'IOKitDiagnostics';

/** The counts of all classes in a value of that property, `{"Classes"={"PumpEngine"=2,…},…}`; undefined where it has none. */
function diagnosticsCounts(diagnostics: PropertyValue | undefined): ClassCounts | undefined {
  const classes = dictionaryOf(dictionaryOf(diagnostics)?.get('Classes'));
  if (classes === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const [name, printed] of classes) if (typeof printed === 'bigint') counts.set(name, instanceCount(printed));
  return counts;
}

/** The counts in the first of these objects that has some. */
export function registryCounts(roots: readonly RegistryEntry[]): ClassCounts | undefined {
  for (const { properties } of roots) {
    const counts = diagnosticsCounts(properties.get(diagnosticsProperty));
    if (counts !== undefined) return counts;
  }
  return undefined;
}

function dictionaryOf(value: PropertyValue | undefined): ReadonlyMap<string, PropertyValue> | undefined {
  return typeof value === 'object' && 'dictionary' in value ? value.dictionary : undefined;
}
