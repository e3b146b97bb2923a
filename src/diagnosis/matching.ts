import { everyEntry, type RegistryEntry } from '../model/registryEntry.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The provider whose matching runs the driver's start() at this moment. */
export function stillStarting(ioClass: string, { registry }: Pick<Snapshot, 'registry'>): RegistryEntry | undefined {
  const isDriver = (each: RegistryEntry) => each.active !== false && isA(ioClass, each);
  return [...everyEntry(registry)].find(entry => isMatching(entry) && entry.children.some(isDriver));
}

/** The provider of that class whose matching goes on: a driver that was terminated meanwhile is still inside start(). */
export function matchingProvider(
  providerClass: string,
  { registry }: Pick<Snapshot, 'registry'>,
): RegistryEntry | undefined {
  return [...everyEntry(registry)].find(entry => isA(providerClass, entry) && isMatching(entry));
}

/** `ioreg: turbine0 (IOPCIDevice) is busy 1` */
export function busyText({ name, className, busy }: RegistryEntry): string {
  return `ioreg: ${name} (${className}) is busy ${busy}`;
}

/** Whether an object is of the class or of one that is derived from it. */
export function isA(name: string, { className, inheritance }: RegistryEntry): boolean {
  return className === name || (inheritance?.includes(name) ?? false);
}

/**
 * A busy client adds one to its provider (xnu, IOService::_adjustBusy); what is more than that is the provider's own
 * matching.
 */
function isMatching({ busy = 0, children }: RegistryEntry): boolean {
  return busy > children.filter(each => each.busy).length;
}
