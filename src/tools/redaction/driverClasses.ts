import { everyEntry, type PropertyValue } from '../../model/registryEntry.ts';
import { parseIoregTree } from '../ioreg.ts';
import { isIoregArchive, parseIoregArchive } from '../ioregArchive.ts';
import { isTellingDevice } from './deviceNames.ts';
import type { OtherVendors } from './otherVendors.ts';

const keptKeys: ReadonlySet<string> = new Set(['CFBundleIdentifier', 'IOClass']);

/** A kext without code of its own names a class of Apple's in its personality. */
const reserved = /^_?(?:k?IO|OS|[Aa]pple|com_apple)/;

/**
 * The classes of drivers whose personality is of another vendor's kext, also those that are called as Apple calls its own, and what such
 * objects and those of other vendors' classes are called.
 */
export function driverNamesIn(tool: string, text: string, vendors: OtherVendors): readonly string[] {
  if (!tool.startsWith('ioreg')) return [];
  const { records } = isIoregArchive(text) ? parseIoregArchive(text, key => keptKeys.has(key)) : parseIoregTree(text);
  const names = new Set<string>();
  for (const { name: called, className, properties } of everyEntry(records)) {
    const kext = textOf(properties.get('CFBundleIdentifier'));
    const isDriver = kext !== undefined && vendors.isOther(kext);
    if ((isDriver || vendors.foreignClasses([className]).length > 0) && tells(called, vendors)) names.add(called);
    if (!isDriver) continue;
    for (const name of [className, textOf(properties.get('IOClass'))])
      if (name !== undefined && vendors.isOtherClass(name) && !reserved.test(name)) names.add(name);
  }
  return [...names];
}

/** Whether what an object is called says more than what it is. */
function tells(name: string, vendors: OtherVendors): boolean {
  return /[A-Za-z]{3}/.test(name) && !reserved.test(name) && !vendors.isOwnWord(name) && isTellingDevice(name);
}

function textOf(value: PropertyValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
