import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { execa } from 'execa';
import fc from 'fast-check';
import { Journal, journalLine, soundEvents } from '../../../src/simulator/journal.ts';
import type { JournalEvent } from '../../../src/simulator/journalEvent.ts';

const event: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc.record({ event: fc.constant('boot' as const), time: fc.nat() }, { noNullPrototype: true }),
  fc.record(
    { event: fc.constant('install' as const), path: fc.string({ unit: 'grapheme' }) },
    { noNullPrototype: true },
  ),
  fc.record(
    { event: fc.constant('unload' as const), identifier: fc.string({ unit: 'grapheme' }) },
    { noNullPrototype: true },
  ),
  fc.record({ event: fc.constant('close' as const), connection: fc.nat() }, { noNullPrototype: true }),
  fc.record({ event: fc.constant('panic' as const), reason: fc.string({ unit: 'binary' }) }, { noNullPrototype: true }),
);
const events = fc.array(event, { maxLength: 12 });

const textOf = (all: readonly JournalEvent[]) => all.map((each, at) => journalLine(at + 1, each)).join('');
const decoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

describe('The text of a journal', () => {
  it('gives back the events that were written, and all of its bytes', () => {
    fc.assert(
      fc.property(events, all => {
        const text = textOf(all);
        assert.deepEqual(soundEvents(text), { events: all, bytes: Buffer.byteLength(text) });
      }),
    );
  });

  it('cut anywhere, gives the events whose lines are whole, and invents none', () => {
    fc.assert(
      fc.property(events, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const bytes = Buffer.from(textOf(all));
        const length = Math.floor(bytes.length * share);
        const whole = all.filter((_, at) => Buffer.byteLength(textOf(all.slice(0, at + 1))) <= length);
        const read = soundEvents(decoded(bytes.subarray(0, length)));
        assert.deepEqual(read.events, whole);
        assert.equal(read.bytes, Buffer.byteLength(textOf(whole)));
      }),
    );
  });

  it('with one byte changed, gives the events before it or all of them, and never others', () => {
    fc.assert(
      fc.property(events, fc.nat(), fc.integer({ min: 1, max: 255 }), (all, place, change) => {
        fc.pre(all.length > 0);
        const bytes = Buffer.from(textOf(all));
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const read = soundEvents(decoded(bytes)).events;
        assert.deepEqual(read, all.slice(0, read.length));
      }),
    );
  });

  it('with a line taken out, put in twice or exchanged, ends there', () => {
    const lines = textOf([1, 2, 3].map(connection => ({ event: 'close', connection }))).split(/(?<=\n)/);
    const [first = '', second = '', third = ''] = lines;
    for (const damaged of [first + third, first + first + second, first + third + second]) {
      assert.equal(soundEvents(damaged).events.length, 1);
    }
  });

  it('throws on no text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => assert.equal(soundEvents(text).events.length, 0)));
  });
});

describe('A journal on the disk', () => {
  let folder: string;
  let file: string;
  let journal: Journal;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-journal-'));
    file = join(folder, 'not', 'yet', 'there.jsonl');
    journal = new Journal(file);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const close = (connection: number): JournalEvent => ({ event: 'close', connection });

  it('has no events before the first', async () => {
    assert.deepEqual(await journal.read(), []);
  });

  it('keeps events over several appends', async () => {
    await journal.append([close(1), close(2)]);
    await journal.append([]);
    await journal.append([close(3)]);
    assert.deepEqual(await new Journal(file).read(), [close(1), close(2), close(3)]);
  });

  it('that was cut goes on after its last whole event', async () => {
    await journal.append([close(1), close(2)]);
    await truncate(file, (await stat(file)).size - 3);
    await journal.append([close(4)]);
    assert.deepEqual(await journal.read(), [close(1), close(4)]);
    assert.equal(soundEvents(await readFile(file, 'utf8')).bytes, (await stat(file)).size);
  });

  it('with rubbish at its end or in its place loses no more than the rubbish', async () => {
    await journal.append([close(1)]);
    await appendFile(file, Buffer.from([0xff, 0, 10, 123]));
    await journal.append([close(2)]);
    assert.deepEqual(await journal.read(), [close(1), close(2)]);
    await writeFile(file, Buffer.from([0xff, 0xfe, 10]));
    await journal.append([close(5)]);
    assert.deepEqual(await journal.read(), [close(5)]);
  });

  it('says so where it cannot be read', async () => {
    await assert.rejects(new Journal(folder).read(), { code: 'EISDIR' });
  });

  const withoutRoom = async (...how: readonly string[]) => {
    const { stdout } = await execa({
      input: noRoomScript,
    })`bash -c ${'ulimit -f 4; exec "$0" --input-type=module - "$@"'} ${process.execPath} ${file} ${how}`;
    return JSON.parse(stdout) as { readonly kept: number; readonly code: string };
  };

  it('tells nothing to have happened that found no room, and loses nothing of what had', async () => {
    const { kept, code } = await withoutRoom();
    assert.equal(code, 'EFBIG');
    assert.ok(kept > 0, 'nothing found room');
    const events = Array.from({ length: kept }, (_, at) => [close(2 * at), close(2 * at + 1)]).flat();
    assert.deepEqual(await journal.read(), events);
    await journal.append([close(1000)]);
    assert.deepEqual(await journal.read(), [...events, close(1000)]);
  });

  it('that finds no room for its replacement stays as it was', async () => {
    await journal.append([close(1)]);
    assert.equal((await withoutRoom('replace')).code, 'EFBIG');
    assert.deepEqual(await journal.read(), [close(1)]);
  });
});

/**
 * Appends two events at a time, or replaces all by many, where files may have 4 KiB: a disk that is full in the middle of
 * a write. Prints how many appends were told to be done, and how the one ended that was not.
 */
const noRoomScript = `
import { Journal } from ${JSON.stringify(new URL('../../../src/simulator/journal.ts', import.meta.url).href)};
process.on('SIGXFSZ', () => undefined);
const [, , file, how] = process.argv;
const journal = new Journal(file);
const close = connection => ({ event: 'close', connection });
let kept = 0;
try {
  if (how === 'replace') await journal.replace(Array.from({ length: 500 }, (_, at) => close(at)));
  for (; kept < 1000; kept += 1) await journal.append([close(2 * kept), close(2 * kept + 1)]);
  console.log(JSON.stringify({ kept }));
} catch (error) {
  console.log(JSON.stringify({ kept, code: error.code }));
}
`;
