import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { posix } from 'node:path';

/** Who owns a file and who may write to it. */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
  /** The nine permission bits. */
  readonly mode: number;
}

/**
 * The owners and modes of the Simulated Mac's files, by absolute path: what this machine's own file system cannot say
 * where nobody is root. A JSON file, replaced whole, so that it is never read half. A file that it does not name belongs
 * to root.
 */
export class FileOwners {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<ReadonlyMap<string, FileOwner>> {
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    return new Map(Object.entries(sound(text)));
  }

  /** Takes owners in for files, in place of what was known of these. */
  async set(owners: Iterable<readonly [path: string, owner: FileOwner]>): Promise<void> {
    await this.#write(new Map([...(await this.read()), ...owners]));
  }

  /** Forgets a path and all below it: the files are gone. */
  async forget(path: string): Promise<void> {
    const top = posix.resolve('/', path);
    const below = top === '/' ? '/' : `${top}/`;
    const owners = await this.read();
    const kept = new Map([...owners].filter(([each]) => each !== top && !each.startsWith(below)));
    if (kept.size < owners.size) await this.#write(kept);
  }

  async erase(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  async #write(owners: ReadonlyMap<string, FileOwner>): Promise<void> {
    const unfinished = `${this.#file}.${process.pid}`;
    await writeFile(unfinished, `${JSON.stringify(Object.fromEntries(owners))}\n`);
    await rename(unfinished, this.#file);
  }
}

/** Damaged text says nothing: its files are root's again, as they were installed. */
function sound(text: string): Readonly<Record<string, FileOwner>> {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(Object.entries(read).filter(([, owner]) => isOwner(owner))) as Record<string, FileOwner>;
  } catch {
    return {};
  }
}

function isOwner(value: unknown): boolean {
  const { uid, gid, mode } = (value ?? {}) as Record<string, unknown>;
  return [uid, gid, mode].every(Number.isInteger);
}
