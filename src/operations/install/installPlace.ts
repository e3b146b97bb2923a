import { createHash } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { basename, posix } from 'node:path';
import type { KextBundle } from '../../bundle/kextBundle.ts';
import { capabilitiesOf } from '../../model/capabilities.ts';
import { leftoverOf, temporaryFolder } from '../../tools/kextPlaces.ts';
import { readSystem } from '../kernel/readSystem.ts';
import type { Operation } from '../operation.ts';

/** Where a build lies on the target once it is installed, and what lies beside it while that goes on. */
export interface InstallPlace {
  /** Whose it is: what lies there and is another kext's is not touched. */
  readonly bundleIdentifier: string;
  /** Root's, and nobody else's to write to. */
  readonly folder: string;
  /** The bundle. */
  readonly path: string;
  /** A copy that is not whole yet. No tool takes it for a kext. */
  readonly unfinished: string;
  /** The copy that was there before, until the one in its place is proved. */
  readonly kept: string;
  /** A copy that was never proved, and another one has taken the place of, until it is removed. */
  readonly discarded: string;
}

/** The folder into which a build is installed: where the system loads from any, one that a restart empties, else /Library/Extensions. */
export async function installFolderOf(
  { target, installPath }: Pick<Operation, 'target' | 'installPath'>,
  signal: AbortSignal,
): Promise<string> {
  const { loadsFrom } = capabilitiesOf(await readSystem(target, signal));
  if (loadsFrom.value === '/Library/Extensions') return loadsFrom.value;
  return installPath ?? temporaryFolder;
}

/** Reads what somebody has named as the folder for builds; `problem`: why it is none, to stand behind whoever named it. */
export function readInstallPath(value: unknown): { readonly path?: string; readonly problem?: string } {
  if (value === undefined || value === null || value === '') return {};
  const expected = 'expected the absolute path of a folder on the target, as "/Library/Extensions"';
  if (typeof value !== 'string' || !value.startsWith('/') || value.includes('\0')) return { problem: expected };
  const path = posix.normalize(value).replace(/(?<=.)\/$/, '');
  // The disks of most Macs know no case.
  if (path === '/' || /^\/system(?:\/|$)/i.test(path)) return { problem: `${expected}, and none of the system's own` };
  return { path };
}

/** Where that build goes. */
export async function installPlaceOf(
  operation: Pick<Operation, 'target' | 'installPath' | 'project'>,
  { folder, infoPlist }: Pick<KextBundle, 'folder' | 'infoPlist'>,
  signal: AbortSignal,
): Promise<InstallPlace> {
  const bundleIdentifier = infoPlist.bundleIdentifier ?? operation.project.bundleIdentifier;
  const installFolder = await installFolderOf(operation, signal);
  return placeIn(installFolder, basename(folder), bundleIdentifier, clientOf(operation.target));
}

/** The place of a copy that lies there, or is what an install has left of one. */
export function placeOfCopy(path: string, bundleIdentifier: string, target: Operation['target']): InstallPlace {
  return placeIn(posix.dirname(path), leftoverOf(path) ?? posix.basename(path), bundleIdentifier, clientOf(target));
}

/** Tells who works on a target from all others who do: this user of this machine, by that name of the target. */
function clientOf({ id }: Pick<Operation['target'], 'id'>): string {
  return createHash('sha256').update([hostname(), homedir(), id].join('\n')).digest('hex').slice(0, 8);
}

/**
 * The place of a kext's bundle of that name in a folder; `client`: who copies to it, so that nobody takes another one's copy for what
 * they left.
 */
export function placeIn(folder: string, name: string, bundleIdentifier: string, client = ''): InstallPlace {
  const beside = (what: string) => posix.join(folder, `.${name}.kext-dev-${what}`);
  const ofClient = (what: string) => beside(client === '' ? what : `${what}-${client}`);
  return {
    bundleIdentifier,
    folder,
    path: posix.join(folder, name),
    unfinished: ofClient('new'),
    kept: beside('old'),
    discarded: ofClient('gone'),
  };
}
