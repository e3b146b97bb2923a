import { stat } from 'node:fs/promises';
import { fingerprint } from './fingerprint.ts';
import type { KextSession } from './kextSession.ts';

/** Follows the sources, a save at once; what the watcher tells of it soon after is the same once more. */
export class SourceFollower {
  readonly #session: Pick<KextSession, 'followSources'>;
  readonly #saved = new Map<string, string>();

  constructor(session: Pick<KextSession, 'followSources'>) {
    this.#session = session;
  }

  async saved(file: string): Promise<void> {
    this.#saved.set(file, await stateOf(file));
    await this.#session.followSources([file]);
  }

  async changed(files: readonly string[]): Promise<void> {
    const others: string[] = [];
    for (const file of files) if (this.#saved.get(file) !== (await stateOf(file))) others.push(file);
    if (others.length > 0) await this.#session.followSources(others);
  }
}

/** Differs once the file was written anew, if only with the text that it had: what was read in between may be another one. */
async function stateOf(file: string): Promise<string> {
  const written = await stat(file).catch(() => undefined);
  return `${written?.mtimeMs} ${await fingerprint([file])}`;
}
