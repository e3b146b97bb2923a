import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies of the code that was loaded, by the SHA-256 of its bytes: what runs stays what it was when a build replaces it. */
export class TwinStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps a copy of `file` and gives its hash. */
  async keep(file: string): Promise<string> {
    const bytes = await readFile(file);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const kept = this.path(hash);
    // Also over a copy that is there: it may have been damaged.
    const unfinished = `${kept}.${process.pid}`;
    await mkdir(this.#folder, { recursive: true });
    await writeFile(unfinished, bytes);
    await rename(unfinished, kept);
    return hash;
  }

  path(hash: string): string {
    return join(this.#folder, `${hash}.so`);
  }
}
