import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

/** How many files and folders are opened to find the kexts of a folder. */
const mostFiles = 200;
const mostFolders = 2000;
/** Bytes; a larger file is of no kext. */
const largestFile = 16 * 1024 * 1024;

/** Opens files. */
export type OpenFile = (file: string) => Promise<string>;

/** Opens the files that may say what a folder's kexts are, each once and at most 200, whatever lies in the folder. */
export class ProjectProbe {
  readonly #open: OpenFile;
  readonly #texts = new Map<string, Promise<string | undefined>>();
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

  /** What a folder holds, by name; nothing where it cannot be read or is one too many. */
  async entries(folder: string): Promise<readonly Dirent[]> {
    if (this.#folders >= mostFolders) {
      this.#complete = false;
      return [];
    }
    this.#folders += 1;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Never waits for a pipe or a device that bears the file's name. */
async function openFile(file: string): Promise<string> {
  const found = await stat(file);
  if (!found.isFile() || found.size > largestFile) throw new RangeError(`${file} is no file of a project`);
  return readFile(file, 'utf8');
}
