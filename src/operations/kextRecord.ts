import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';

/**
 * What Kext Dev remembers of one kext on one target between two operations, so that an editor that is started anew and
 * a terminal both know what the target waits for. It holds for the boot in which it was written.
 */
export interface KextRecord {
  readonly bootTime: number | undefined;
  /** What the last operation found, for as long as it holds. */
  readonly diagnoses: readonly Diagnosis[];
  /** The build that stays in the kernel because its unload was refused. */
  readonly refused?: { readonly uuid: string | undefined };
  /** The build that is to be loaded once the target has restarted; `until`: what it waits for in this boot. */
  readonly pending?: { readonly uuid: string; readonly until?: 'approval' | 'restart' };
}

/** Where one kext's record is kept. */
export interface KextRecordStore {
  read(): Promise<KextRecord | undefined>;
  write(record: KextRecord): Promise<void>;
  clear(): Promise<void>;
}

/** Keeps the record in a JSON file; a file that is damaged counts as no record. */
export class KextRecordFile implements KextRecordStore {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<KextRecord | undefined> {
    try {
      const record: unknown = JSON.parse(await readFile(this.#file, 'utf8'));
      return isRecord(record) ? record : undefined;
    } catch {
      return undefined;
    }
  }

  async write(record: KextRecord): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const unfinished = `${this.#file}.${process.pid}`;
    await writeFile(unfinished, `${JSON.stringify(record, undefined, 2)}\n`);
    await rename(unfinished, this.#file);
  }

  async clear(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

function isRecord(value: unknown): value is KextRecord {
  return typeof value === 'object' && value !== null && Array.isArray((value as KextRecord).diagnoses);
}
