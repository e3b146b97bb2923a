import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A value that is kept from one operation to the next. */
export interface Kept<T> {
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
  clear(): Promise<void>;
}

/** Keeps a value in a JSON file, which is whole at any moment; a file that is damaged counts as none. */
export class KeptFile<T> implements Kept<T> {
  readonly file: string;
  readonly #isValue: (value: unknown) => value is T;

  constructor(file: string, isValue: (value: unknown) => value is T) {
    this.file = file;
    this.#isValue = isValue;
  }

  async read(): Promise<T | undefined> {
    try {
      const value: unknown = JSON.parse(await readFile(this.file, 'utf8'));
      return this.#isValue(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  async write(value: T): Promise<void> {
    await writeWhole(this.file, `${JSON.stringify(value, undefined, 2)}\n`);
  }

  async clear(): Promise<void> {
    await rm(this.file, { force: true });
  }
}

/** Writes a file in a folder that may be missing, so that there is never half of it. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, text);
  await rename(unfinished, file);
}
