import {
  constants,
  copyFileSync,
  type Dirent,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes. A trip through the thread pool takes longer than what is done to a smaller file, of which bundles are made. */
const large = 256 * 1024;

/**
 * Copies a folder; a file that is the same in `like`, an earlier copy of it, becomes a link to that one where the file system can. Symbolic
 * links stay what they are. Gives the bytes of its files.
 */
export async function copyOrLink(from: string, to: string, like: string | undefined): Promise<number> {
  mkdirSync(to);
  let bytes = 0;
  for (const entry of readdirSync(from, { withFileTypes: true })) bytes += await copyEntry(entry, from, to, like);
  return bytes;
}

async function copyEntry(entry: Dirent, from: string, to: string, like: string | undefined): Promise<number> {
  const [source, copy] = [join(from, entry.name), join(to, entry.name)];
  const known = like === undefined ? undefined : join(like, entry.name);
  if (entry.isDirectory()) return copyOrLink(source, copy, known);
  if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), copy);
  if (!entry.isFile()) return 0;
  const facts = lstatSync(source);
  if (known !== undefined && (await isSame(source, facts, known)) && isLinked(known, copy)) return facts.size;
  if (facts.size < large) copyFileSync(source, copy, constants.COPYFILE_FICLONE);
  else await copyFile(source, copy, constants.COPYFILE_FICLONE);
  utimesSync(copy, facts.atime, facts.mtime);
  return facts.size;
}

/** A copy keeps the time of its file, so that bytes are compared only where it was made anew. */
async function isSame(source: string, facts: Stats, known: string): Promise<boolean> {
  const there = lstatSync(known, { throwIfNoEntry: false });
  if (!there?.isFile() || there.size !== facts.size || there.mode !== facts.mode) return false;
  if (there.mtime.getTime() === facts.mtime.getTime()) return true;
  if (facts.size < large) return readFileSync(source).equals(readFileSync(known));
  const [one, other] = await Promise.all([readFile(source), readFile(known)]);
  return one.equals(other);
}

/** Whether it could be linked: some file systems have no links, and others a limit. */
function isLinked(known: string, copy: string): boolean {
  try {
    linkSync(known, copy);
    return true;
  } catch {
    return false;
  }
}
