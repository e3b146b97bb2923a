import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedState } from './damagedState.ts';
import { removeUnfinished, unfinishedName } from './unfinished.ts';

/** Copies of the code that was loaded, by the SHA-256 of its bytes: what runs stays what it was when a build replaces it. */
export class TwinStore {
  readonly #folder: string;
  /** In which state of its file a copy was found sound. */
  readonly #sound = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps a copy of `file` and gives its hash. */
  async keep(file: string): Promise<string> {
    const bytes = await readFile(file);
    const hash = hashOf(bytes);
    const kept = this.path(hash);
    // Also over a copy that is there: it may have been damaged.
    const unfinished = unfinishedName(kept);
    await mkdir(this.#folder, { recursive: true });
    await removeUnfinished(this.#folder);
    try {
      await writeFile(unfinished, bytes);
      await rename(unfinished, kept);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    return hash;
  }

  /** Where the copies are of whose code one is to run. Rejects with DamagedState where a copy is not what was kept. */
  async check(hashes: Iterable<string>): Promise<void> {
    for (const hash of new Set(hashes)) {
      const damage = await this.#damage(hash);
      if (damage !== undefined)
        throw new DamagedState(this.path(hash), damage, 'a reload mends it while that build is installed, and ');
    }
  }

  /** Those of the copies that are not what was kept. */
  async damaged(hashes: Iterable<string>): Promise<readonly string[]> {
    const found: string[] = [];
    for (const hash of new Set(hashes)) if ((await this.#damage(hash)) !== undefined) found.push(hash);
    return found;
  }

  path(hash: string): string {
    return join(this.#folder, `${hash}.so`);
  }

  /** What is wrong with a copy. Its bytes are read once, and again where its file was written to. */
  async #damage(hash: string): Promise<string | undefined> {
    const file = this.path(hash);
    const facts = await stat(file).catch(() => undefined);
    if (facts === undefined) return 'it is gone';
    const state = `${facts.ino} ${facts.size} ${facts.mtimeMs} ${facts.ctimeMs}`;
    if (this.#sound.get(hash) === state) return undefined;
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes === undefined || hashOf(bytes) !== hash) return 'it is not the code that was loaded';
    this.#sound.set(hash, state);
    return undefined;
  }
}

/** The name of some code in a store. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
