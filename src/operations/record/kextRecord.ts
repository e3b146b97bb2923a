import { rm } from 'node:fs/promises';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Boot } from '../../model/boot.ts';
import { isKextIdentifier } from '../../model/kext.ts';
import { type CountsAtLoad, isCountsAtLoad } from './countsAtLoad.ts';
import { isJournalEntry, type JournalEntry } from './journalEntry.ts';
import { type Kept, KeptFile, writeWhole } from './keptFile.ts';

/**
 * What Kext Dev remembers of one kext on one target between two operations, so that an editor that is started anew and
 * a terminal both know what the target waits for. It holds for the boot in which it was written.
 */
export interface KextRecord extends Boot {
  /** What the last operation found, for as long as it holds. */
  readonly diagnoses: readonly Diagnosis[];
  /** The build that stays in the kernel because its unload was refused. */
  readonly refused?: { readonly uuid: string | undefined };
  /** The build that is to be loaded once the target has restarted; `until`: what it waits for in this boot. */
  readonly pending?: { readonly uuid: string; readonly until?: 'approval' | 'restart' };
}

/** That the target went down under the kext. It holds until a load is proved or the kext is uninstalled, whatever restarts. */
export interface RecordedPanic {
  /** As it was told when it was found. */
  readonly diagnosis: Diagnosis;
  /** Where the report lies on this machine; undefined where there is none. */
  readonly report?: string | undefined;
}

/** Where one kext's record is kept, and beside it what outlives the boot and what is written while an operation runs. */
export interface KextRecordStore extends Kept<KextRecord> {
  readonly panic: Kept<RecordedPanic>;
  readonly journal: Kept<JournalEntry>;
  /** Of the last load that Kext Dev did: it says itself which one that was, whatever became of the kext since. */
  readonly atLoad: Kept<CountsAtLoad>;
  /** Of the last product, where the source leaves it to the build. */
  readonly identifier: Kept<string>;
  /** Keeps the text of a panic report in place of the last one; `ending`: of its name. Gives the file's path. */
  keepReport(text: string, ending: PanicReportEnding): Promise<string>;
}

/** How the name of a panic report ends: of a text, and of JSON. */
const reportEndings = ['panic', 'ips'] as const;

export type PanicReportEnding = (typeof reportEndings)[number];

/** Keeps all of it in files beside each other, named after the record's. */
export class KextRecordFile extends KeptFile<KextRecord> implements KextRecordStore {
  readonly panic: Kept<RecordedPanic>;
  readonly journal: Kept<JournalEntry>;
  readonly atLoad: Kept<CountsAtLoad>;
  readonly identifier: Kept<string>;
  readonly #besides: (what: string) => string;

  /** `file` ends in `.json`. */
  constructor(file: string) {
    super(file, isRecord);
    // No name of a record has a comma: what is beside one is never another kext's record.
    this.#besides = what => file.replace(/\.json$/, `,${what}`);
    this.panic = new KeptFile(this.#besides('panic.json'), isPanic);
    this.journal = new KeptFile(this.#besides('running.json'), isJournalEntry);
    this.atLoad = new KeptFile(this.#besides('load.json'), isCountsAtLoad);
    this.identifier = new KeptFile(this.#besides('identifier.json'), isIdentifier);
  }

  async keepReport(text: string, ending: PanicReportEnding): Promise<string> {
    for (const each of reportEndings) if (each !== ending) await rm(this.#besides(`report.${each}`), { force: true });
    const file = this.#besides(`report.${ending}`);
    await writeWhole(file, text);
    return file;
  }
}

function isRecord(value: unknown): value is KextRecord {
  return typeof value === 'object' && value !== null && Array.isArray((value as KextRecord).diagnoses);
}

function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && isKextIdentifier(value);
}

function isPanic(value: unknown): value is RecordedPanic {
  const diagnosis: unknown = (value as RecordedPanic | null)?.diagnosis;
  return typeof diagnosis === 'object' && diagnosis !== null && Array.isArray((diagnosis as Diagnosis).evidence);
}
