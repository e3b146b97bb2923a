import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** How many files and folders are opened to find the kexts of a folder. */
const mostFiles = 200;
const mostFolders = 2000;
/** Bytes; a larger file is of no kext. */
const largestFile = 16 * 1024 * 1024;

/** Opens files. */
export type OpenFile = (file: string) => Promise<string>;

/** What a folder holds by a name; of a link what it leads to. */
export type FolderEntry = Pick<Dirent, 'name' | 'isFile' | 'isDirectory'>;

/** Opens the files that may say what a folder's kexts are, each once and at most 200, whatever lies in the folder. */
export class ProjectProbe {
  readonly #open: OpenFile;
  readonly #texts = new Map<string, Promise<string | undefined>>();
  /** What they were entered as, by their paths without links. */
  readonly #entered = new Map<string, string>();
  #folders = 0;
  #complete = true;

  constructor(open: OpenFile = openFile) {
    this.#open = open;
  }

  /** False where something was left out because there is too much. */
  get complete(): boolean {
    return this.#complete;
  }

  /** The text of a file; undefined where it is not there, cannot be read, or is one too many. */
  text(file: string): Promise<string | undefined> {
    const path = resolve(file);
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    if (this.#texts.size >= mostFiles) {
      this.#complete = false;
      return Promise.resolve(undefined);
    }
    const text = this.#open(path).catch(() => undefined);
    this.#texts.set(path, text);
    return text;
  }

  /**
   * What a folder holds, by name, what links lead to behind the rest; nothing where it cannot be read, is one too many, or was entered
   * by another path before, so that no link leads round.
   */
  async entries(folder: string): Promise<readonly FolderEntry[]> {
    if (this.#folders >= mostFolders) {
      this.#complete = false;
      return [];
    }
    this.#folders += 1;
    const path = resolve(folder);
    const real = await realpath(path).catch(() => path);
    const before = this.#entered.get(real);
    if (before !== undefined && before !== path) return [];
    this.#entered.set(real, path);
    const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const links = entries.filter(entry => entry.isSymbolicLink()).map(({ name }) => entryBehind(folder, name));
    return [...entries.filter(entry => !entry.isSymbolicLink()), ...(await Promise.all(links)).flat()];
  }
}

/** None where the link leads nowhere. */
async function entryBehind(folder: string, name: string): Promise<readonly FolderEntry[]> {
  const found = await stat(join(folder, name)).catch(() => undefined);
  return found === undefined ? [] : [{ name, isFile: () => found.isFile(), isDirectory: () => found.isDirectory() }];
}

/** Never waits for a pipe or a device that bears the file's name. */
async function openFile(file: string): Promise<string> {
  const found = await stat(file);
  if (!found.isFile() || found.size > largestFile) throw new RangeError(`${file} is no file of a project`);
  return readFile(file, 'utf8');
}
