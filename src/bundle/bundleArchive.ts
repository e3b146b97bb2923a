import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { TarPackController } from 'modern-tar';

/** A bundle as one text of bytes, to be unpacked elsewhere. */
export interface BundleArchive {
  /**
   * tar(5), the format of POSIX: a folder with all that is in the bundle; every entry is root's, and nobody else may write to it. In
   * pieces, one behind the other.
   */
  readonly pieces: readonly Uint8Array[];
  /** Its regular files, by their paths inside the bundle. */
  readonly files: readonly string[];
  /** The SHA-256 of each in hex, in their order: made when it is asked for first, since they can be on their way meanwhile. */
  readonly digests: () => readonly string[];
}

interface Entry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly executable: boolean;
  readonly mtime: Date;
  /** A file's bytes; where a link leads. */
  readonly holds: Uint8Array | string | undefined;
}

/**
 * Archives a bundle as it lies in a folder, under another name: folders, regular files and symbolic links, which are kept as links.
 * Rejects where it cannot be read, and for anything else in it, which no bundle has.
 */
export async function archiveBundle(folder: string, name: string): Promise<BundleArchive> {
  // Loaded when it is first needed: a window on a kext opens sooner.
  const { createTarPacker } = await import('modern-tar');
  const entries = await entriesBelow(folder, '.');
  const files = entries.flatMap(({ path, holds }) => (holds instanceof Uint8Array ? [{ path, holds }] : []));
  let digests: readonly string[] | undefined;
  const { readable, controller } = createTarPacker();
  const pieces: Uint8Array[] = [];
  const kept = readable.pipeTo(new WritableStream({ write: piece => void pieces.push(piece) }));
  await Promise.all([kept, packAll(entries, name, controller)]);
  return {
    pieces,
    files: files.map(({ path }) => path),
    digests: () => {
      digests ??= files.map(({ holds }) => createHash('sha256').update(holds).digest('hex'));
      return digests;
    },
  };
}

async function packAll(entries: readonly Entry[], name: string, controller: TarPackController): Promise<void> {
  for (const entry of entries) await pack(entry, name, controller);
  controller.finalize();
}

async function pack(
  { path, kind, executable, mtime, holds }: Entry,
  name: string,
  controller: TarPackController,
): Promise<void> {
  const entry = controller.add({
    name: posix.join(name, path, kind === 'directory' ? '/' : ''),
    type: kind,
    size: holds instanceof Uint8Array ? holds.length : 0,
    mode: executable ? 0o755 : 0o644,
    mtime,
    uid: 0,
    gid: 0,
    ...(typeof holds === 'string' ? { linkname: holds } : {}),
  });
  const writer = entry.getWriter();
  if (holds instanceof Uint8Array && holds.length > 0) await writer.write(holds);
  await writer.close();
}

async function entriesBelow(folder: string, path: string): Promise<readonly Entry[]> {
  const place = join(folder, path);
  const facts = await lstat(place);
  const { mtime } = facts;
  if (facts.isSymbolicLink()) return [{ path, kind: 'symlink', executable: true, mtime, holds: await readlink(place) }];
  if (facts.isFile())
    return [{ path, kind: 'file', executable: (facts.mode & 0o111) !== 0, mtime, holds: await readFile(place) }];
  if (!facts.isDirectory())
    throw new Error(`${place} is no file, folder or symbolic link; expected those alone in a bundle.`);
  const below: Entry[] = [];
  for (const name of (await readdir(place)).sort()) below.push(...(await entriesBelow(folder, posix.join(path, name))));
  return [{ path, kind: 'directory', executable: true, mtime, holds: undefined }, ...below];
}
