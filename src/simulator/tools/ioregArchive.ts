import { build, type PlistValue } from 'plist';
import type { KernelProperty, KernelRegistryEntry } from '../kernelAnswer.ts';
import type { IoregView } from './ioreg.ts';
import { shownChain } from './ioregChain.ts';
import { digitsOf } from './ioregNumber.ts';

/** `ioreg -a`: one dictionary, or with `-r` an array; nothing at all where `-r` matched nothing. */
export function ioregArchive(roots: readonly KernelRegistryEntry[], view: IoregView, asArray: boolean): string {
  const archived = roots.map(root => archivedEntry(root, view));
  const only = archived[0];
  if (only === undefined) return '';
  return `${build(asArray ? archived : only)}\n`;
}

function archivedEntry(entry: KernelRegistryEntry, view: IoregView): { [key: string]: PlistValue } {
  const children = entry.children.map(child => archivedEntry(child, view));
  return {
    ...(view.hasProperties(entry) ? archivedMembers(entry.properties) : {}),
    ...(view.inheritance ? { IOObjectInheritance: [...shownChain(entry)] } : {}),
    IOObjectClass: entry.class,
    IOObjectRetainCount: entry.retain,
    IORegistryEntryID: Number(BigInt(entry.id)),
    IORegistryEntryName: entry.name,
    ...(entry.location === undefined ? {} : { IORegistryEntryLocation: entry.location }),
    ...(entry.service ? serviceState(entry) : {}),
    ...(children.length === 0 ? {} : { IORegistryEntryChildren: children }),
  };
}

function archivedMembers(members: { readonly [key: string]: KernelProperty }): { [key: string]: PlistValue } {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, archivedValue(value)]));
}

/** plist writes a bigint as the integer that it is, though its types do not say so. */
function archivedValue(value: KernelProperty): PlistValue {
  if (typeof value !== 'object') return value;
  const digits = digitsOf(value);
  if (digits !== undefined) return BigInt(digits) as unknown as PlistValue;
  return Array.isArray(value) ? value.map(archivedValue) : archivedMembers(value as { [key: string]: KernelProperty });
}

function serviceState(entry: KernelRegistryEntry): { [key: string]: PlistValue } {
  return {
    IOServiceBusyState: entry.busy,
    IOServiceBusyTime: entry.busyTime,
    IOServiceState: entry.state,
  };
}
