import { posix } from 'node:path';
import type { SimulatedDisk } from '../simulatedDisk.ts';
import { type InstalledKext, readInstalledKext } from './installedKext.ts';
import type { Library } from './resolveLibraries.ts';

/** Where kextload(8) looks for the libraries of a kext. */
const folders: readonly string[] = ['/System/Library/Extensions', '/Library/Extensions'];

/** The kexts that a load may bring along, because another one links against them. */
export async function kextsOnDisk(disk: SimulatedDisk, architecture: string): Promise<readonly InstalledKext[]> {
  const found: InstalledKext[] = [];
  for (const folder of folders) {
    const bundles = (await disk.entries(folder)).filter(
      ({ path, kind }) => kind === 'folder' && posix.dirname(path) === folder && path.endsWith('.kext'),
    );
    for (const { path } of bundles) {
      const kext = await readInstalledKext(disk, path, architecture);
      if (kext !== undefined) found.push(kext);
    }
  }
  return found;
}

/** A kext as others link against it. */
export function asLibrary({ infoPlist, propertyList }: InstalledKext): Library {
  const { root } = propertyList;
  const compatible = root.kind === 'dict' ? root.entries.get('OSBundleCompatibleVersion')?.value : undefined;
  return {
    identifier: infoPlist.bundleIdentifier ?? '',
    version: infoPlist.version ?? '',
    compatible: compatible?.kind === 'string' ? compatible.value : undefined,
  };
}
