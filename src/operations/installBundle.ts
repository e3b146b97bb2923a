import { posix } from 'node:path';
import { archiveBundle, type BundleArchive } from '../bundle/bundleArchive.ts';
import {
  type FileEntry,
  fileDigests,
  fileEntry,
  giveToRoot,
  makeRootFolder,
  renameEntry,
  unpackArchive,
} from '../tools/fileTools.ts';
import { removeBundle } from '../tools/removeBundle.ts';
import { ask, askTogether, type Runner, visiting } from '../tools/runner.ts';
import { TargetLost, UnknownToolText } from '../tools/toolErrors.ts';
import type { InstallPlace } from './installPlace.ts';
import { neverCancelled } from './neverCancelled.ts';

/** A copy could not be installed; what was there before is there still. */
export class InstallFailed extends Error {
  /** What the tools said. */
  readonly lines: readonly string[];
  constructor(message: string, lines: readonly string[] = []) {
    super(message);
    this.name = 'InstallFailed';
    this.lines = lines;
  }
}

/** How many bytes of how many are on the target. */
export type CopyProgress = (sent: number, all: number) => void;

/**
 * Copies a bundle's folder to its place on the target, so that at each moment either the copy before it or the whole one is there: it
 * grows beside its place under another name, is given to root, and compared; then two renames change the copies. Cut between the
 * two, neither is there, and the next install puts the one before back. A cancel ends the copying; the renames go to their end.
 * What was there before is kept until `keepInstalled` or `putBack`. Rejects with InstallFailed, and as Runner.run does.
 */
export async function installBundle(
  runner: Runner,
  bundleFolder: string,
  place: InstallPlace,
  signal: AbortSignal,
  progress: CopyProgress = () => undefined,
): Promise<void> {
  try {
    const archiving = archiveBundle(bundleFolder, posix.basename(place.unfinished));
    // Whoever unpacks it is told.
    archiving.catch(() => undefined);
    await visiting(runner, async mac => {
      const there = await lookAt(mac, place, signal);
      await mend(mac, place, there, signal);
      const archive = await archiving;
      await copy(mac, archive, place, signal, progress).catch(async error => {
        if (!(error instanceof TargetLost)) await tidy(mac, place);
        throw error;
      });
      await changeCopies(mac, place, there);
    });
  } catch (error) {
    throw failed(error, place);
  }
}

/** The installed copy is proved: the one before it, where there was one, is not needed any more. */
export function keepInstalled(runner: Runner, place: InstallPlace): Promise<void> {
  const signal = neverCancelled();
  return visiting(runner, async mac => {
    if ((await ask(mac, fileEntry(place.kept), signal)) === undefined) return;
    await ask(mac, removeBundle(place.kept, place.folder), signal);
  });
}

/** The installed copy did not do: puts the one before it back, where there was one, and gives whether there was. */
export function putBack(runner: Runner, place: InstallPlace): Promise<boolean> {
  const signal = neverCancelled();
  return visiting(runner, async mac => {
    const kept = await ask(mac, fileEntry(place.kept), signal);
    if (kept === undefined) return false;
    await ask(mac, removeBundle(place.path, place.folder), signal);
    await ask(mac, renameEntry(place.kept, place.path), signal);
    return true;
  });
}

/** Removes the installed copy, and what is kept beside it. */
export async function removeCopies(runner: Runner, place: InstallPlace): Promise<void> {
  const signal = neverCancelled();
  const kept = [place.unfinished, place.kept];
  const there = (await askTogether(runner, kept.map(fileEntry), signal)).map(told => told());
  const beside = kept.filter((_, at) => there[at] !== undefined);
  for (const path of [place.path, ...beside]) await ask(runner, removeBundle(path, place.folder), signal);
}

interface There {
  readonly folder: FileEntry | undefined;
  readonly installed: boolean;
  readonly unfinished: boolean;
  readonly kept: boolean;
}

async function lookAt(runner: Runner, place: InstallPlace, signal: AbortSignal): Promise<There> {
  const asked = [place.folder, place.path, place.unfinished, place.kept].map(fileEntry);
  const [folder, installed, unfinished, kept] = (await askTogether(runner, asked, signal)).map(told => told());
  return {
    folder,
    installed: installed !== undefined,
    unfinished: unfinished !== undefined,
    kept: kept !== undefined,
  };
}

/** Tidies what an install left that was cut, and makes the folder where it is not there. */
async function mend(runner: Runner, place: InstallPlace, there: There, signal: AbortSignal): Promise<void> {
  if (there.unfinished) await ask(runner, removeBundle(place.unfinished, place.folder), signal);
  if (there.kept && !there.installed) await ask(runner, renameEntry(place.kept, place.path), signal);
  const folder = there.folder ?? (await makeFolder(runner, place.folder, signal));
  const problem = notRoots(folder);
  if (problem !== undefined)
    throw new InstallFailed(
      `${place.folder} ${problem}; expected a folder of root's that nobody else may write to: remove it.`,
    );
}

/** What is there in its place where somebody else was faster. */
async function makeFolder(runner: Runner, folder: string, signal: AbortSignal): Promise<FileEntry | undefined> {
  const [made, entry] = await askTogether(runner, [makeRootFolder(folder), fileEntry(folder)], signal);
  made();
  return entry();
}

function notRoots(folder: FileEntry | undefined): string | undefined {
  if (folder?.kind !== 'folder') return 'is no folder';
  if (folder.uid !== 0) return `belongs to user ${folder.uid}`;
  return folder.othersWrite ? 'can be written to by others' : undefined;
}

async function copy(
  runner: Runner,
  { bytes, digests }: BundleArchive,
  { folder, unfinished }: InstallPlace,
  signal: AbortSignal,
  progress: CopyProgress,
): Promise<void> {
  const files = [...digests.keys()].map(file => posix.join(unfinished, file));
  const commands = [unpackArchive(bytes, folder), giveToRoot(unfinished), ...inGroups(files).map(fileDigests)] as const;
  const sent = (count: number) => progress(Math.min(count, bytes.length), bytes.length);
  const endings = await runner.runTogether(commands, signal, sent);
  signal.throwIfAborted();
  const found: string[] = [];
  for (const [at, command] of commands.entries()) {
    const ending = endings[at];
    if (ending === undefined || ending instanceof Error) throw ending;
    found.push(...(command.parse(ending) ?? []));
  }
  const others = [...digests.entries()].filter(([, digest], at) => digest !== found[at]).map(([file]) => file);
  if (others.length > 0)
    throw new InstallFailed(
      `The copy differs from the build in ${others.length} of ${files.length} files: ${others.join(', ')}.`,
    );
}

/** What stays in spite of it is removed by the next install. */
async function tidy(runner: Runner, { unfinished, folder }: InstallPlace): Promise<void> {
  await ask(runner, removeBundle(unfinished, folder), AbortSignal.timeout(longestTidyMs)).catch(() => undefined);
}

/** Whoever cancels does not want to wait. */
const longestTidyMs = 5000;

/** A command line has room for so many characters of names on every system. */
const mostCharacters = 50_000;

function inGroups(files: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let characters = mostCharacters;
  for (const file of files) {
    characters += file.length;
    if (characters > mostCharacters) {
      groups.push([]);
      characters = file.length;
    }
    groups.at(-1)?.push(file);
  }
  return groups;
}

/** Of an earlier copy that was never proved nothing is kept: what was there before it is. */
async function changeCopies(runner: Runner, place: InstallPlace, there: There): Promise<void> {
  const signal = neverCancelled();
  const installed = there.installed || there.kept;
  const keeps = there.kept && there.installed;
  if (installed) {
    const away = keeps ? removeBundle(place.path, place.folder) : renameEntry(place.path, place.kept);
    await ask(runner, away, signal);
  }
  await ask(runner, renameEntry(place.unfinished, place.path), signal);
}

function failed(error: unknown, { path }: InstallPlace): unknown {
  if (!(error instanceof UnknownToolText)) return error;
  const lines = `${error.output.stdout}${error.output.stderr}`.split('\n').filter(line => line.trim() !== '');
  const full = lines.some(line =>
    /No space left on device|Wrote only \d+ of \d+ bytes|Dis[ck] quota exceeded/.test(line),
  );
  const why = full ? 'the disk there is full' : error.message;
  return new InstallFailed(`Nothing was installed at ${path}: ${why}. What was there before is there still.`, lines);
}
