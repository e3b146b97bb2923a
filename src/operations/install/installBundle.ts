import { posix } from 'node:path';
import { archiveBundle, type BundleArchive } from '../../bundle/bundleArchive.ts';
import {
  entryNumbers,
  type FileEntry,
  fileDigests,
  fileEntry,
  giveToRoot,
  makeRootFolder,
  renameEntry,
  unpackArchive,
} from '../../tools/fileTools.ts';
import { ask, askTogether, type Runner, visiting } from '../../tools/port/runner.ts';
import { TargetLost, UnknownToolText } from '../../tools/port/toolErrors.ts';
import { lengthOf } from '../../tools/port/toolInput.ts';
import { removeBundle } from '../../tools/removeBundle.ts';
import { alsoSaying } from '../alsoSaying.ts';
import { neverCancelled } from '../neverCancelled.ts';
import { InstallFailed } from './installError.ts';
import type { InstallPlace } from './installPlace.ts';
import { lookAtPlace, requireRoots, type There } from './lookAtPlace.ts';
import { removeWhole } from './removeWhole.ts';

/** Which copy was installed, as entryNumbers has it; undefined where that is gone already. */
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
    const archiving = archiveBundle(bundleFolder, posix.basename(place.unfinished));
    // Whoever unpacks it is told.
    archiving.catch(() => undefined);
    return await visiting(runner, async mac => {
      const there = await lookAtPlace(mac, place, signal);
      await mend(mac, place, there, signal);
      const archive = await archiving;
      const copied = await copy(mac, archive, place, signal, progress).catch(async error => {
        // Whoever cancels does not want to wait.
        const soon = AbortSignal.timeout(longestTidyMs);
        if (!(error instanceof TargetLost)) await tidy(mac, place, place.unfinished, soon).catch(() => undefined);
        throw error;
      });
      await requireUnchanged(mac, place, there, copied);
      await changeCopies(mac, place, there);
      return copied.copy;
    });
  } catch (error) {
    throw failed(error, place);
  }
}

/**
 * The installed copy did not do: puts the one before it back, where there was one, and gives whether there was. `another`: somebody
 * else has installed in place of the copy `mine`, and what they did stays.
 */
export function putBack(runner: Runner, place: InstallPlace, mine?: InstalledCopy): Promise<boolean | 'another'> {
  const signal = neverCancelled();
  return visiting(runner, async mac => {
    const [kept, there, discarded] = await ask(mac, entryNumbers([place.kept, place.path, place.discarded]), signal);
    if (kept === undefined) return false;
    if (mine !== undefined && there !== undefined && there !== mine) return 'another';
    if (there !== undefined && discarded !== undefined)
      await ask(mac, removeBundle(place.discarded, place.folder), signal);
    if (there !== undefined) await ask(mac, renameEntry(place.path, place.discarded), signal);
    await ask(mac, renameEntry(place.kept, place.path), signal);
    if (there !== undefined) await tidy(mac, place, place.discarded, signal);
    return true;
  });
}

/** Removes the installed copy, and what is kept beside it. */
export async function removeCopies(runner: Runner, place: InstallPlace): Promise<void> {
  const all = [place.discarded, place.unfinished, place.kept, place.path];
  const numbers = await ask(runner, entryNumbers(all), neverCancelled());
  for (const path of all.filter((_, at) => numbers[at] !== undefined)) await removeWhole(runner, place, path);
}

/** Tidies what an install left that was cut, and makes the folder where it is not there. */
async function mend(runner: Runner, place: InstallPlace, there: There, signal: AbortSignal): Promise<void> {
  for (const path of there.leftovers) await ask(runner, removeBundle(path, place.folder), signal);
  if (there.kept !== undefined && there.installed === undefined)
    await ask(runner, renameEntry(place.kept, place.path), signal);
  const folder = there.folder ?? (await makeFolder(runner, place.folder, signal));
  requireRoots(place.folder, folder);
}

/** What is there in its place where somebody else was faster. */
async function makeFolder(runner: Runner, folder: string, signal: AbortSignal): Promise<FileEntry | undefined> {
  const [made, entry] = await askTogether(runner, [makeRootFolder(folder), fileEntry(folder)], signal);
  made();
  return entry();
}

/** The numbers, as entryNumbers has them, of what is there once the copy is whole. */
interface Copied {
  readonly copy: InstalledCopy;
  readonly kept: string | undefined;
  readonly installed: string | undefined;
}

async function copy(
  runner: Runner,
  { pieces, files, digests }: BundleArchive,
  { folder, path, unfinished, kept }: InstallPlace,
  signal: AbortSignal,
  progress: CopyProgress,
): Promise<Copied> {
  const groups = inGroups(files.map(file => posix.join(unfinished, file)));
  const numbers = entryNumbers([unfinished, kept, path]);
  const commands = [
    unpackArchive(pieces, folder),
    giveToRoot(unfinished),
    ...groups.map(fileDigests),
    numbers,
  ] as const;
  const all = lengthOf(pieces);
  const sent = (count: number) => {
    progress(Math.min(count, all), all);
    // While the other side works on what it has.
    if (count >= all) setImmediate(digests);
  };
  const endings = await runner.runTogether(commands, signal, sent);
  signal.throwIfAborted();
  const found: (string | undefined)[] = [];
  for (const [at, command] of commands.entries()) {
    const ending = endings[at];
    if (ending === undefined || ending instanceof Error) throw ending;
    found.push(...(command.parse(ending) ?? []));
  }
  const built = digests();
  const [copy, before, installed] = found.slice(files.length);
  const others = files.filter((_, at) => built[at] !== found[at]);
  if (others.length > 0)
    throw new InstallFailed(
      `The copy differs from the build in ${others.length} of ${files.length} files: ${others.join(', ')}.`,
    );
  return { copy, kept: before, installed };
}

/** What stays in spite of it is removed by the next install. Rejects where the target is lost. */
async function tidy(runner: Runner, { folder }: InstallPlace, path: string, signal: AbortSignal): Promise<void> {
  await ask(runner, removeBundle(path, folder), signal).catch(error => {
    if (error instanceof TargetLost) throw error;
  });
}

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

/** Of an earlier copy that was never proved nothing is kept: what was there before it is. It goes once the new one is there. */
async function changeCopies(runner: Runner, place: InstallPlace, there: There): Promise<void> {
  const signal = neverCancelled();
  const installed = there.installed !== undefined || there.kept !== undefined;
  const away = there.kept !== undefined && there.installed !== undefined ? place.discarded : place.kept;
  if (installed) await ask(runner, renameEntry(place.path, away), signal);
  try {
    await ask(runner, renameEntry(place.unfinished, place.path), signal);
  } catch (error) {
    if (error instanceof TargetLost || !installed) throw error;
    // Where it goes on by itself, what it comes to is the next install's to find.
    const goesOn = error instanceof UnknownToolText && error.output.timedOut;
    const before = goesOn ? keptAt(place) : await restored(runner, place, away);
    if (error instanceof UnknownToolText) throw failed(error, place, before);
    throw alsoSaying(error, before);
  }
  if (away === place.discarded) await tidy(runner, place, place.discarded, signal);
}

/** Whoever works on the same Mac from another machine, or as another user, has locks of their own. */
async function requireUnchanged(
  runner: Runner,
  place: InstallPlace,
  { kept, installed }: There,
  copied: Copied,
): Promise<void> {
  // What an install had left between its renames was put back.
  const before = installed === undefined ? { kept: undefined, installed: kept } : { kept, installed };
  if (before.kept === copied.kept && before.installed === copied.installed) return;
  await ask(runner, removeBundle(place.unfinished, place.folder), neverCancelled());
  throw new InstallFailed(
    `Nothing was installed: somebody else has changed ${place.path} while the build was copied. What is there is theirs, and stays.`,
  );
}

/** Where the copy that went `away` is once the new one did not come to its place: there again, if that can be. */
async function restored(runner: Runner, place: InstallPlace, away: string): Promise<string> {
  const signal = neverCancelled();
  try {
    const [there] = await ask(runner, entryNumbers([place.path]), signal);
    if (there === undefined) await ask(runner, renameEntry(away, place.path), signal);
    return 'The copy before it is at its place again.';
  } catch (error) {
    if (error instanceof TargetLost) throw error;
    return keptAt(place);
  }
}

function keptAt({ kept }: InstallPlace): string {
  return `The copy before it is not at its place: the next install puts it back from ${kept}.`;
}

const stillThere = 'What was there before is there still.';

function failed(error: unknown, { path }: InstallPlace, before = stillThere): unknown {
  if (!(error instanceof UnknownToolText)) return error;
  const lines = `${error.output.stdout}${error.output.stderr}`.split('\n').filter(line => line.trim() !== '');
  const full = lines.some(line =>
    /No space left on device|Wrote only \d+ of \d+ bytes|Dis[ck] quota exceeded/.test(line),
  );
  const why = full ? 'the disk there is full' : error.message;
  return new InstallFailed(`Nothing was installed at ${path}: ${why}. ${before}`, { lines });
}
