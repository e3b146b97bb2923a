import { cp, lstat, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { type FileOwner, FileOwners } from './fileOwners.ts';
import { removeUnfinished, unfinishedName } from './unfinished.ts';

/** A file, folder or symbolic link of the Simulated Mac. */
export interface DiskEntry extends FileOwner {
  /** Absolute, on the Simulated Mac. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link';
}

/** Whose a copy becomes, and the permission bits that its files lose. */
export interface InstallAs {
  readonly uid: number;
  readonly gid: number;
  readonly without: number;
}

/** What every Mac has, though nothing of it was ever written here. */
const ownFolders: ReadonlySet<string> = new Set([
  '/',
  ...['/private', '/private/tmp', '/Library', '/Library/Extensions', '/Users', '/Volumes'],
  ...['/System', '/System/Library', '/System/Library/Extensions'],
]);
const roots: FileOwner = { uid: 0, gid: 0, mode: 0o755 };

const asRoot: InstallAs = { uid: 0, gid: 0, without: 0o022 };

/** The Simulated Mac's own file system: a folder of its state. Nothing outside that folder is ever written. */
export class SimulatedDisk {
  readonly #root: string;
  readonly #owners: FileOwners;

  constructor(root: string) {
    this.#root = root;
    this.#owners = new FileOwners(`${root}.owners.json`);
  }

  /** Where an absolute path of the Simulated Mac is on this machine. `..` cannot lead out of it. */
  place(path: string): string {
    return join(this.#root, posix.resolve('/', path));
  }

  /**
   * Copies a folder of this machine to `path`, replacing what is there only once the copy is whole. The copy is root's
   * and nobody else's to write to, unless it is installed otherwise. What a process that is gone left unfinished goes.
   */
  async put(folder: string, path: string, as = asRoot): Promise<void> {
    const destination = await this.#reached(path);
    const unfinished = unfinishedName(destination);
    await mkdir(dirname(destination), { recursive: true });
    await removeUnfinished(dirname(destination));
    await rm(unfinished, { recursive: true, force: true });
    try {
      await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true });
      await this.remove(path);
      await rename(unfinished, destination);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw error;
    }
    if (as !== asRoot) await this.change(path, ({ mode }) => ({ uid: as.uid, gid: as.gid, mode: mode & ~as.without }));
  }

  /** A path and all that is below it, sorted; none where nothing is there. Links are not followed. */
  async entries(path: string): Promise<readonly DiskEntry[]> {
    const owners = await this.#owners.read();
    const below = async (each: string): Promise<readonly DiskEntry[]> => {
      const facts = await lstat(this.place(each)).catch(() => undefined);
      if (facts === undefined) return ownFolders.has(each) ? [{ ...roots, path: each, kind: 'folder' }] : [];
      const owner = owners.get(each) ?? { uid: 0, gid: 0, mode: facts.mode & 0o777 & ~asRoot.without };
      const kind = facts.isDirectory() ? 'folder' : facts.isSymbolicLink() ? 'link' : 'file';
      const names = kind === 'folder' ? (await readdir(this.place(each))).sort() : [];
      const inside = await Promise.all(names.map(name => below(posix.join(each, name))));
      return [{ ...owner, path: each, kind }, ...inside.flat()];
    };
    const top = posix.resolve('/', path);
    return (await this.#isBehindLink(top)) ? [] : below(top);
  }

  /** Gives a path and all below it other owners and modes. */
  async change(path: string, to: (before: DiskEntry) => FileOwner): Promise<void> {
    const entries = await this.entries(path);
    await this.#owners.set(
      entries.map(entry => {
        const { uid, gid, mode } = to(entry);
        return [entry.path, { uid, gid, mode }] as const;
      }),
    );
  }

  /** Writes one entry whose folder is there: a file's bytes, or where a link leads. What is there already is replaced, but for a folder. */
  async write(entry: DiskEntry, holds: Uint8Array | string): Promise<void> {
    const place = await this.#reached(entry.path);
    if (entry.kind === 'folder') await mkdir(place, { recursive: true });
    else {
      await rm(place, { force: true });
      await (entry.kind === 'link' ? symlink(String(holds), place) : writeFile(place, holds, { mode: entry.mode }));
    }
    const { path, uid, gid, mode } = entry;
    if (uid !== 0 || gid !== 0) await this.#owners.set([[posix.resolve('/', path), { uid, gid, mode }]]);
  }

  /** Renames what lies at `from`, with all below it; those below keep their owners. */
  async rename(from: string, to: string): Promise<void> {
    const moved = await this.entries(from);
    const place = await this.#reached(to);
    await rename(await this.#reached(from), place);
    const [old, renamed] = [posix.resolve('/', from), posix.resolve('/', to)];
    const owners = await this.#owners.read();
    const kept = moved.filter(({ path }) => owners.has(path));
    if (kept.length === 0) return;
    await this.#owners.forget(from);
    await this.#owners.set(
      kept.map(({ path, uid, gid, mode }) => [`${renamed}${path.slice(old.length)}`, { uid, gid, mode }]),
    );
  }

  async makeFolder(path: string): Promise<void> {
    await mkdir(await this.#reached(path), { recursive: true });
  }

  /** Removes a path and all below it, where it is there. */
  async remove(path: string): Promise<void> {
    await rm(await this.#reached(path), { recursive: true, force: true });
    await this.#owners.forget(path);
  }

  /** What a restart does to the disk: macOS empties /private/tmp. */
  async restart(): Promise<void> {
    await this.remove('/private/tmp');
  }

  /** The place of a path that is written to. Throws where a link on the way could lead out of the disk. */
  async #reached(path: string): Promise<string> {
    if (await this.#isBehindLink(path)) throw new Error(`${path} lies behind a symbolic link of the Simulated Mac.`);
    return this.place(path);
  }

  async #isBehindLink(path: string): Promise<boolean> {
    const folders = posix.resolve('/', path).split('/').slice(1, -1);
    for (let depth = 1; depth <= folders.length; depth += 1) {
      const facts = await lstat(join(this.#root, ...folders.slice(0, depth))).catch(() => undefined);
      if (facts === undefined) return false;
      if (facts.isSymbolicLink()) return true;
    }
    return false;
  }

  async erase(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
    await this.#owners.erase();
  }
}
