import { everyEntry, type PropertyValue } from '../../model/registryEntry.ts';
import { parseIoregTree } from '../ioreg.ts';
import { isIoregArchive, parseIoregArchive } from '../ioregArchive.ts';
import type { OtherVendors } from './otherVendors.ts';

const keptKeys: ReadonlySet<string> = new Set(['CFBundleIdentifier', 'IOClass']);

/** A kext without code of its own names a class of Apple's in its personality. */
const reserved = /^_?(?:k?IO|OS|[Aa]pple|com_apple)/;

/** The classes of drivers whose personality is of another vendor's kext: also those that are called as Apple calls its own. */
export function driverClassesIn(tool: string, text: string, vendors: OtherVendors): readonly string[] {
  if (!tool.startsWith('ioreg') || !text.includes('CFBundleIdentifier')) return [];
  const { records } = isIoregArchive(text) ? parseIoregArchive(text, key => keptKeys.has(key)) : parseIoregTree(text);
  const names = new Set<string>();
  for (const { className, properties } of everyEntry(records)) {
    const kext = textOf(properties.get('CFBundleIdentifier'));
    if (kext === undefined || !vendors.isOther(kext)) continue;
    for (const name of [className, textOf(properties.get('IOClass'))])
      if (name !== undefined && vendors.isOtherClass(name) && !reserved.test(name)) names.add(name);
  }
  return [...names];
}

function textOf(value: PropertyValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
