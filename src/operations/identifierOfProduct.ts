import { stat } from 'node:fs/promises';
import { readKextBundle } from '../bundle/kextBundle.ts';
import { parseSettingText } from '../bundle/settingText.ts';
import { bundleFolders } from './bundleFolders.ts';

/**
 * The identifier of a kext: as its Info.plist says it, or where that leaves it to a build which nobody knows, that of the newest
 * product which fits.
 */
export async function identifierOfProduct(written: string, folder: string): Promise<string> {
  if (isFilledIn(written)) return written;
  const found: { readonly identifier: string; readonly time: number }[] = [];
  for (const place of await bundleFolders(folder)) {
    const bundle = await readKextBundle(place);
    const identifier = 'problem' in bundle ? undefined : bundle.infoPlist.bundleIdentifier;
    if (identifier === undefined || !fitsWritten(written, identifier)) continue;
    found.push({ identifier, time: (await stat(place)).mtimeMs });
  }
  return found.sort((a, b) => b.time - a.time)[0]?.identifier ?? written;
}

/** Whether an identifier refers to no build setting. */
export function isFilledIn(identifier: string): boolean {
  return parseSettingText(identifier).every(part => typeof part === 'string');
}

/** Whether an identifier can be what a build makes of the written one: references stand for any text. */
export function fitsWritten(written: string, identifier: string): boolean {
  let from = 0;
  const parts = parseSettingText(written);
  if (parts.every(part => typeof part === 'string')) return written === identifier;
  for (const [at, part] of parts.entries()) {
    if (typeof part !== 'string') continue;
    if (at === parts.length - 1) return identifier.length - part.length >= from && identifier.endsWith(part);
    const found = at === 0 ? (identifier.startsWith(part) ? 0 : -1) : identifier.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return true;
}
