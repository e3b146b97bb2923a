import { realpathSync } from 'node:fs';
import type { InfoPlist } from '../../bundle/infoPlist.ts';
import { type KextKeyParts, kextKey } from './kextKey.ts';
import { isFilledIn } from './productFit.ts';

/**
 * What a kext's record, journal, shelf and lock go by: its identifier where the source says it. Where a build fills that in,
 * the project itself by its place, which stays what it is whether a product is there or not, and is no other project's.
 */
export function rememberedAs(kext: KextKeyParts & { readonly infoPlist: Pick<InfoPlist, 'bundleIdentifier'> }): string {
  const { bundleIdentifier = '' } = kext.infoPlist;
  if (isFilledIn(bundleIdentifier)) return bundleIdentifier;
  const { infoPlist, xcode } = kext;
  const build = xcode && { ...xcode.build, projectFile: withoutLinks(xcode.build.projectFile) };
  return kextKey({ infoPlist: { file: withoutLinks(infoPlist.file) }, xcode: build && { build } });
}

/** The same by whatever path one comes to it. */
function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
