import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Remembers that something was done once and is not done again: a file that is there. */
export class OnceFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async isDone(): Promise<boolean> {
    return stat(this.#file).then(
      there => there.isFile(),
      () => false,
    );
  }

  async done(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(this.#file, `${new Date().toISOString()}\n`);
  }
}
