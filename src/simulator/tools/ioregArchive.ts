import { build, type PlistValue } from 'plist';
import type { KernelRegistryEntry } from '../kernelAnswer.ts';
import type { IoregView } from './ioreg.ts';
import { shownChain } from './ioregChain.ts';

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
    ...(view.hasProperties(entry) ? (entry.properties as { [key: string]: PlistValue }) : {}),
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

function serviceState(entry: KernelRegistryEntry): { [key: string]: PlistValue } {
  return {
    IOServiceBusyState: entry.busy,
    IOServiceBusyTime: entry.busyTimeMs * 1_000_000,
    IOServiceState: entry.state,
  };
}
