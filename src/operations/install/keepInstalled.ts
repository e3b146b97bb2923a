import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { KextBundle } from '../../bundle/kextBundle.ts';
import { entryNumbers, fileDigests } from '../../tools/fileTools.ts';
import { ask, type Runner, visiting } from '../../tools/port/runner.ts';
import { UnknownToolText } from '../../tools/port/toolErrors.ts';
import { neverCancelled } from '../neverCancelled.ts';
import type { InstallPlace } from './installPlace.ts';
import { removeWhole } from './removeWhole.ts';

type Build = Pick<KextBundle, 'folder'> & { readonly infoPlist: Pick<KextBundle['infoPlist'], 'executable'> };

/**
 * The build is proved: the copy before it, where there was one, is not needed any more. It stays where the build does not lie at its place:
 * another client has installed there since, and may want to put it back.
 */
export function keepInstalled(runner: Runner, place: InstallPlace, build: Build): Promise<void> {
  const signal = neverCancelled();
  return visiting(runner, async mac => {
    const [kept] = await ask(mac, entryNumbers([place.kept]), signal);
    if (kept === undefined || !(await liesThere(mac, place, build, signal))) return;
    await removeWhole(mac, place, place.kept);
  });
}

/** By its property list and its code, as long as they are those of the build. */
async function liesThere(mac: Runner, { path }: InstallPlace, build: Build, signal: AbortSignal): Promise<boolean> {
  const { executable } = build.infoPlist;
  const files = ['Contents/Info.plist', ...(executable === undefined ? [] : [`Contents/MacOS/${executable}`])];
  const built = await Promise.all(files.map(file => digestOf(join(build.folder, file))));
  const installed = await ask(mac, fileDigests(files.map(file => posix.join(path, file))), signal).catch(error => {
    if (error instanceof UnknownToolText) return [];
    throw error;
  });
  return built.every((digest, at) => digest !== undefined && digest === installed[at]);
}

/** SHA-256 in hex; undefined where the file cannot be read. */
async function digestOf(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
