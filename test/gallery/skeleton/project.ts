import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type PlistValue } from 'plist';
import { type DemoFiles, demoFolder } from '../../support/renamedDemo.ts';
import { type GalleryDriver, withoutMarks } from './driverFolders.ts';
import type { Personality } from './truth.ts';

const version = '1.0.0';

/** The bundle identifier of a gallery driver's kext. */
export const identifierOf = (name: string): string => `com.example.gallery.${name}`;

/** The driver as a kext project: built as the demo is, with the demo's module start and stop where it brings none. */
export async function driverProject({ name, truth, sources }: GalleryDriver): Promise<DemoFiles> {
  const own = [...sources].filter(([file]) => file !== `${truth.neighbour?.name}.cpp`);
  return project(name, truth.personalities, own);
}

/** The kext that is loaded beside it, as a project of its own. */
export async function neighbourProject({ name, truth, sources }: GalleryDriver): Promise<DemoFiles | undefined> {
  const { neighbour } = truth;
  if (neighbour === undefined) return undefined;
  const own = [...sources].filter(([file]) => file === `${neighbour.name}.cpp`);
  const libraries = neighbour.dependsOnFirst ? { [identifierOf(name)]: version } : {};
  return project(neighbour.name, neighbour.personalities, own, libraries);
}

async function project(
  name: string,
  personalities: { readonly [name: string]: Personality },
  sources: readonly (readonly [string, string])[],
  libraries: { readonly [identifier: string]: string } = {},
): Promise<DemoFiles> {
  return new Map([
    ['Makefile', await readFile(join(demoFolder, 'Makefile'), 'utf8')],
    ['kmod.c', await readFile(join(demoFolder, 'kmod.c'), 'utf8')],
    ['Info.plist', infoPlist(name, personalities, libraries)],
    ...sources.map(([file, text]) => [file, withoutMarks(text)] as const),
  ]);
}

function infoPlist(
  name: string,
  personalities: { readonly [name: string]: Personality },
  libraries: { readonly [identifier: string]: string },
): string {
  const CFBundleIdentifier = identifierOf(name);
  const described = Object.entries(personalities).map(([key, value]) => [key, { CFBundleIdentifier, ...value }]);
  const properties: PlistValue = {
    CFBundleDevelopmentRegion: 'en',
    CFBundleExecutable: name,
    CFBundleIdentifier,
    CFBundleInfoDictionaryVersion: '6.0',
    CFBundleName: name,
    CFBundlePackageType: 'KEXT',
    CFBundleShortVersionString: version,
    CFBundleVersion: version,
    IOKitPersonalities: Object.fromEntries(described),
    OSBundleCompatibleVersion: version,
    OSBundleLibraries: {
      'com.apple.kpi.iokit': '8.0.0',
      'com.apple.kpi.libkern': '8.0.0',
      'com.apple.kpi.mach': '8.0.0',
      ...libraries,
    },
  };
  return `${build(properties)}\n`;
}
