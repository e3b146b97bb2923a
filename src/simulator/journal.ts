import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { JournalEvent } from './journalEvent.ts';

/**
 * The Simulated Mac's memory: one JSON object per line with a sequence number and a CRC-32 of the event's text. A line
 * that was cut or damaged ends the journal: nothing behind it can be trusted to have happened.
 */
export class Journal {
  readonly #file: string;
  #read: { readonly state: string; readonly sound: SoundEvents } | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** The events so far; none when there is no journal yet. The same list for as long as the file is the same. */
  async read(): Promise<readonly JournalEvent[]> {
    return (await this.#sound()).events;
  }

  /** Adds events durably: they are on the disk when this resolves. A damaged end is cut off first. */
  async append(events: readonly JournalEvent[]): Promise<void> {
    if (events.length === 0) return;
    await mkdir(dirname(this.#file), { recursive: true });
    const sound = await this.#sound();
    const file = await open(this.#file, 'a');
    try {
      await file.truncate(sound.bytes);
      // Not write(): on a full disk that writes a part and is content.
      await file.writeFile(journalLines(events, sound.events.length + 1));
      await file.sync();
    } catch (error) {
      // What is told to have failed has not happened, not even its first events.
      await file.truncate(sound.bytes);
      throw error;
    } finally {
      await file.close();
    }
  }

  /** Takes `events` for all that happened so far, durably and at once: a crash leaves the old or the new journal. */
  async replace(events: readonly JournalEvent[]): Promise<void> {
    const unfinished = `${this.#file}.unfinished`;
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(journalLines(events, 1));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, this.#file);
  }

  /** Read anew only where the file is another one, or was written to. */
  async #sound(): Promise<SoundEvents> {
    const facts = await stat(this.#file).catch(throwUnlessMissing);
    if (facts === undefined) return { events: [], bytes: 0 };
    const state = `${facts.ino} ${facts.size} ${facts.mtimeMs}`;
    if (this.#read?.state !== state) this.#read = { state, sound: soundEvents(await readFile(this.#file, 'utf8')) };
    return this.#read.sound;
  }
}

function throwUnlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function journalLines(events: readonly JournalEvent[], first: number): string {
  return events.map((event, at) => journalLine(first + at, event)).join('');
}

/** One line of a journal, with its newline. */
export function journalLine(sequence: number, event: JournalEvent): string {
  return `${JSON.stringify({ sequence, crc: crc32(JSON.stringify(event)), event })}\n`;
}

/** Events of a journal, and how many bytes they take. */
export interface SoundEvents {
  readonly events: readonly JournalEvent[];
  readonly bytes: number;
}

/** The events up to the first line that is cut, damaged or out of order. */
export function soundEvents(text: string): SoundEvents {
  const events: JournalEvent[] = [];
  let bytes = 0;
  for (const line of text.match(/[^\n]*\n/g) ?? []) {
    const event = soundEvent(line, events.length + 1);
    if (event === undefined) break;
    events.push(event);
    bytes += Buffer.byteLength(line);
  }
  return { events, bytes };
}

function soundEvent(line: string, sequence: number): JournalEvent | undefined {
  try {
    const record = JSON.parse(line) as { sequence?: unknown; crc?: unknown; event?: JournalEvent };
    const sound = record.sequence === sequence && record.crc === crc32(JSON.stringify(record.event));
    return sound ? record.event : undefined;
  } catch {
    return undefined;
  }
}
