import { posix } from 'node:path';
import { archiveBundle } from '../bundle/bundleArchive.ts';
import {
  entryNumber,
  type FileEntry,
  fileDigests,
  fileEntry,
  giveToRoot,
  makeRootFolder,
  renameEntry,
  unpackArchive,
} from '../tools/fileTools.ts';
import { removeBundle } from '../tools/removeBundle.ts';
import { ask, askTogether, type Runner } from '../tools/runner.ts';
import { UnknownToolText } from '../tools/toolErrors.ts';
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

/** Which copy was installed, as entryNumber has it; undefined where that is gone already. */
export type InstalledCopy = string | undefined;

/** How many bytes of how many are on the target. */
export type CopyProgress = (sent: number, all: number) => void;

/**
 * Copies a bundle's folder to its place on the target, so that at each moment either the copy before it or the whole one is there: it
 * grows beside its place under another name, is given to root, and compared; then two renames change the copies. Cut between the
 * two, neither is there, and the next install puts the one before back. A cancel ends the copying; the renames go to their end.
 * What was there before is kept until `keepInstalled` or `putBack`. Where another client of the same Mac has installed meanwhile,
 * its copy stays, and this one is none. Rejects with InstallFailed, and as Runner.run does.
 */
export async function installBundle(
  runner: Runner,
  bundleFolder: string,
  place: InstallPlace,
  signal: AbortSignal,
  progress: CopyProgress = () => undefined,
): Promise<InstalledCopy> {
  try {
    const there = await lookAt(runner, place, signal);
    await mend(runner, place, there, signal);
    await copy(runner, bundleFolder, place, signal, progress);
    return await changeCopies(runner, place, there);
  } catch (error) {
    throw failed(error, place);
  }
}

/** The installed copy is proved: the one before it, where there was one, is not needed any more. */
export async function keepInstalled(runner: Runner, place: InstallPlace): Promise<void> {
  const signal = neverCancelled();
  if ((await ask(runner, fileEntry(place.kept), signal)) === undefined) return;
  await ask(runner, removeBundle(place.kept, place.folder), signal);
}

/**
 * The installed copy did not do: puts the one before it back, where there was one, and gives whether there was. `another`: somebody
 * else has installed in place of the copy `mine`, and what they did stays.
 */
export async function putBack(runner: Runner, place: InstallPlace, mine?: InstalledCopy): Promise<boolean | 'another'> {
  const signal = neverCancelled();
  const [kept, there] = await numbersOf(runner, place, signal);
  if (kept === undefined) return false;
  if (mine !== undefined && there !== undefined && there !== mine) return 'another';
  await ask(runner, removeBundle(place.path, place.folder), signal);
  await ask(runner, renameEntry(place.kept, place.path), signal);
  return true;
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
  readonly unfinished: boolean;
  /** The numbers of these entries, where they are. */
  readonly kept: string | undefined;
  readonly installed: string | undefined;
}

async function numbersOf(runner: Runner, { kept, path }: InstallPlace, signal: AbortSignal) {
  return (await askTogether(runner, [kept, path].map(entryNumber), signal)).map(told => told());
}

async function lookAt(runner: Runner, place: InstallPlace, signal: AbortSignal): Promise<There> {
  const asked = [
    fileEntry(place.folder),
    entryNumber(place.unfinished),
    entryNumber(place.kept),
    entryNumber(place.path),
  ] as const;
  const [folder, unfinished, kept, installed] = await askTogether(runner, asked, signal);
  return { folder: folder(), unfinished: unfinished() !== undefined, kept: kept(), installed: installed() };
}

/** Tidies what an install left that was cut, and makes the folder where it is not there. */
async function mend(runner: Runner, place: InstallPlace, there: There, signal: AbortSignal): Promise<void> {
  if (there.unfinished) await ask(runner, removeBundle(place.unfinished, place.folder), signal);
  if (there.kept !== undefined && there.installed === undefined)
    await ask(runner, renameEntry(place.kept, place.path), signal);
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
  bundleFolder: string,
  { unfinished }: InstallPlace,
  signal: AbortSignal,
  progress: CopyProgress,
): Promise<void> {
  const { bytes, digests } = await archiveBundle(bundleFolder);
  const files = [...digests.keys()].map(file => posix.join(unfinished, file));
  const commands = [
    makeRootFolder(unfinished),
    unpackArchive(bytes, unfinished),
    giveToRoot(unfinished),
    ...inGroups(files).map(fileDigests),
  ] as const;
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
async function changeCopies(runner: Runner, place: InstallPlace, there: There): Promise<InstalledCopy> {
  const signal = neverCancelled();
  await requireUnchanged(runner, place, there, signal);
  const installed = there.installed !== undefined || there.kept !== undefined;
  const keeps = there.kept !== undefined && there.installed !== undefined;
  if (installed) {
    const away = keeps ? removeBundle(place.path, place.folder) : renameEntry(place.path, place.kept);
    await ask(runner, away, signal);
  }
  const last = [renameEntry(place.unfinished, place.path), entryNumber(place.path)] as const;
  const [renamed, installedCopy] = await askTogether(runner, last, signal);
  renamed();
  return installedCopy();
}

/** Whoever works on the same Mac from another machine, or as another user, has locks of their own. */
async function requireUnchanged(
  runner: Runner,
  place: InstallPlace,
  { kept, installed }: There,
  signal: AbortSignal,
): Promise<void> {
  // What an install had left between its renames was put back.
  const expected = installed === undefined ? [undefined, kept] : [kept, installed];
  const found = await numbersOf(runner, place, signal);
  if (found.every((each, at) => each === expected[at])) return;
  await ask(runner, removeBundle(place.unfinished, place.folder), signal);
  throw new InstallFailed(
    `Nothing was installed: somebody else has changed ${place.path} while the build was copied. What is there is theirs, and stays.`,
  );
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
