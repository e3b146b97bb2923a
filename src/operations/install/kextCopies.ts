import { posix } from 'node:path';
import { uuidsInBeginning } from '../../bundle/uuidsInBeginning.ts';
import { fileBeginnings } from '../../tools/fileBeginnings.ts';
import { type FoundPaths, findInfoPlists, findLeftovers, findOnVolumes } from '../../tools/findCopies.ts';
import {
  installFolders,
  type KextPlace,
  leftoverOf,
  placeOf,
  removableParent,
  searchedFolders,
} from '../../tools/kextPlaces.ts';
import { propertyListText } from '../../tools/plutil.ts';
import { askTogether, type Told } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import { ToolNotStarted, UnknownToolText } from '../../tools/port/toolErrors.ts';
import { isUnread, unless } from '../kernel/unless.ts';
import { identityIn } from './identityIn.ts';

/** A copy of a kext on a target. */
export interface KextCopy {
  readonly path: string;
  readonly place: KextPlace;
  /** undefined where its Info.plist says none, or is not there: a leftover may be half a copy. */
  readonly version: string | undefined;
  /** Of the architectures of its executable that could be read. */
  readonly uuids: readonly string[];
}

/** The copies of a kext that a target has. */
export interface KextCopies {
  /** By path. */
  readonly copies: readonly KextCopy[];
  /** What could not be looked at, in find's words. */
  readonly notices: readonly string[];
}

/** Which kext is looked for. */
export interface WantedKext {
  readonly bundleIdentifier: string;
  /** How its bundle is called, by which half a copy is known; absent where there is none. */
  readonly bundleName?: string | undefined;
  /** A folder that is searched besides those that are known: where builds are installed. */
  readonly installFolder?: string | undefined;
}

/** So many copies are looked into; more of one kext are on no Mac. */
const mostCopies = 64;

/**
 * Finds every copy of a kext in the folders where they lie, installed, staged, of the system, on other volumes, and what cut
 * installs have left: in two round trips, the second one for what was found. Nothing is changed, and nothing needs root.
 */
export async function findKextCopies(
  { runner }: Pick<Target, 'runner'>,
  wanted: WantedKext,
  signal: AbortSignal,
): Promise<KextCopies> {
  const { bundleIdentifier, installFolder } = wanted;
  const more = installFolder === undefined ? [] : [installFolder];
  const searches = [
    findInfoPlists(bundleIdentifier, [...new Set([...searchedFolders, ...more])]),
    findOnVolumes(bundleIdentifier),
    findLeftovers([...new Set([...installFolders, ...more])]),
  ] as const;
  const [below, onVolumes, left] = (await askTogether(runner, searches, signal)).map(told => foundBy(told));
  const infoPlists = [...(below?.paths ?? []), ...(onVolumes?.paths ?? [])];
  const bundles = [...infoPlists.flatMap(bundleOf), ...(left?.paths ?? [])];
  const notices = [below, onVolumes, left].flatMap(found => found?.notices ?? []);
  return { copies: await copiesAmong(runner, bundles, wanted, signal), notices };
}

/**
 * The copies of a kext, and what is left of some, that lie directly in the folder where builds are installed, in the same two round trips.
 * Rejects where that folder cannot be searched.
 */
export async function findInstalledCopies(
  { runner }: Pick<Target, 'runner'>,
  wanted: WantedKext & { readonly installFolder: string },
  signal: AbortSignal,
): Promise<readonly KextCopy[]> {
  const folders = [wanted.installFolder];
  const searches = [findInfoPlists(wanted.bundleIdentifier, folders), findLeftovers(folders)] as const;
  const [below, left] = await askTogether(runner, searches, signal);
  const bundles = [...below().paths.flatMap(bundleOf), ...left().paths];
  const direct = bundles.filter(path => removableParent(path, wanted.installFolder) === wanted.installFolder);
  return copiesAmong(runner, direct, wanted, signal);
}

/** By path. */
async function copiesAmong(
  runner: Target['runner'],
  bundles: readonly string[],
  wanted: WantedKext,
  signal: AbortSignal,
): Promise<readonly KextCopy[]> {
  const read = await readBundles(runner, [...new Set(bundles)].slice(0, mostCopies), signal);
  const copies = (await Promise.all(read.map(bundle => copyOf(bundle, wanted)))).flat();
  return copies.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One search that found nothing out keeps the others from nothing. */
function foundBy(told: Told<FoundPaths>): FoundPaths {
  try {
    return told();
  } catch (error) {
    if (isUnread(error)) return { paths: [], notices: [error.message] };
    throw error;
  }
}

/** The bundle of an Info.plist: `X.kext` of `X.kext/Contents/Info.plist`, and of `X.kext/Info.plist`. */
function bundleOf(infoPlist: string): readonly string[] {
  const folder = posix.dirname(infoPlist);
  if (posix.basename(folder) === 'Contents') return [posix.dirname(folder)];
  return folder.endsWith('.kext') ? [folder] : [];
}

interface ReadBundle {
  readonly path: string;
  readonly infoPlist: string | undefined;
  readonly files: readonly Uint8Array[];
}

async function readBundles(
  runner: Target['runner'],
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly ReadBundle[]> {
  if (paths.length === 0) return [];
  const infoPlists = paths.map(path => propertyListText(posix.join(path, 'Contents', 'Info.plist')));
  const executables = paths.map(path => fileBeginnings(posix.join(path, 'Contents', 'MacOS')));
  const told = await askTogether(runner, [...infoPlists, ...executables], signal);
  return paths.map((path, at) => ({
    path,
    infoPlist: orNothing(told[at] as Told<string | undefined>),
    files: orNothing(told[paths.length + at] as Told<readonly Uint8Array[]>) ?? [],
  }));
}

/** What could not be read of a copy does not hide that it is there. */
function orNothing<T>(told: Told<T>): T | undefined {
  return unless(ToolNotStarted, () => unless(UnknownToolText, told));
}

/** A bundle that is the kext's: by its own identifier, or by its name where it is half a copy and says none. */
async function copyOf(
  { path, infoPlist, files }: ReadBundle,
  { bundleIdentifier, bundleName, installFolder }: WantedKext,
): Promise<readonly KextCopy[]> {
  const info = infoPlist === undefined ? undefined : await identityIn(infoPlist, path);
  const isOwn =
    info?.bundleIdentifier === undefined
      ? bundleName !== undefined && leftoverOf(path) === bundleName
      : info.bundleIdentifier === bundleIdentifier;
  if (!isOwn) return [];
  const uuids = [...new Set(files.flatMap(uuidsInBeginning))];
  return [{ path, place: placeOf(path, installFolder), version: info?.version, uuids }];
}
