import { constants, type Stats } from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, readFile, readlink, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Copies a folder; a file that is the same in `like`, an earlier copy of it, becomes a link to that one where the file system can. Symbolic
 * links stay what they are. Gives the bytes of its files.
 */
export async function copyOrLink(from: string, to: string, like: string | undefined): Promise<number> {
  await mkdir(to);
  const entries = await readdir(from, { withFileTypes: true });
  const sizes = await Promise.all(
    entries.map(async entry => {
      const [source, copy] = [join(from, entry.name), join(to, entry.name)];
      const known = like === undefined ? undefined : join(like, entry.name);
      if (entry.isDirectory()) return copyOrLink(source, copy, known);
      if (entry.isSymbolicLink()) await symlink(await readlink(source), copy);
      return entry.isFile() ? copyFileOrLink(source, copy, known) : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function copyFileOrLink(source: string, copy: string, known: string | undefined): Promise<number> {
  const facts = await lstat(source);
  if (known !== undefined && (await isSame(source, facts, known)) && (await linked(known, copy))) return facts.size;
  await copyFile(source, copy, constants.COPYFILE_FICLONE);
  await utimes(copy, facts.atime, facts.mtime);
  return facts.size;
}

/** A copy keeps the time of its file, so that bytes are compared only where it was made anew. */
async function isSame(source: string, facts: Stats, known: string): Promise<boolean> {
  const there = await lstat(known).catch(() => undefined);
  if (!there?.isFile() || there.size !== facts.size || there.mode !== facts.mode) return false;
  if (there.mtime.getTime() === facts.mtime.getTime()) return true;
  const [one, other] = await Promise.all([readFile(source), readFile(known)]);
  return one.equals(other);
}

/** Whether it could be linked: some file systems have no links, and others a limit. */
function linked(known: string, copy: string): Promise<boolean> {
  return link(known, copy).then(
    () => true,
    () => false,
  );
}
