import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { JournalEvent } from './journalEvent.ts';

/**
 * The Simulated Mac's memory: one JSON object per line with a sequence number and a CRC-32 of the event's text. A line
 * that was cut or damaged ends the journal: nothing behind it can be trusted to have happened.
 */
export class Journal {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** The events so far; none when there is no journal yet. */
  async read(): Promise<readonly JournalEvent[]> {
    return soundEvents(await this.#text()).events;
  }

  /** Adds events durably: they are on the disk when this resolves. A damaged end is cut off first. */
  async append(events: readonly JournalEvent[]): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const sound = soundEvents(await this.#text());
    const lines = events.map((event, at) => journalLine(sound.events.length + at + 1, event)).join('');
    const file = await open(this.#file, 'a');
    try {
      await file.truncate(sound.bytes);
      await file.write(lines);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #text(): Promise<string> {
    return readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
  }
}

/** One line of a journal, with its newline. */
export function journalLine(sequence: number, event: JournalEvent): string {
  return `${JSON.stringify({ sequence, crc: crc32(JSON.stringify(event)), event })}\n`;
}

/** The events up to the first line that is cut, damaged or out of order, and how many bytes they take. */
export function soundEvents(text: string): { readonly events: readonly JournalEvent[]; readonly bytes: number } {
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
