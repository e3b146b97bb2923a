import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Remembers that somebody let kexts be loaded on a Mac: a file that is there. */
export class LoadAgreement {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async isGiven(): Promise<boolean> {
    return stat(this.#file).then(
      there => there.isFile(),
      () => false,
    );
  }

  async give(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(this.#file, `${new Date().toISOString()}\n`);
  }
}
