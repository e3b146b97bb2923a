import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseKernelLog } from '../../../../src/tools/kernelLog.ts';
import type { RawLogEvent } from '../../../../src/tools/log/logEvent.ts';
import { type LogReaderOptions, logReader } from '../../../../src/tools/log/logReader.ts';
import { allCaptures } from '../captures.ts';

/** Everything that a reader gives, in its order, and the most that it held between two chunks. */
function read(chunks: Iterable<string>, options: Partial<LogReaderOptions> = {}) {
  const given: unknown[] = [];
  const events: RawLogEvent[] = [];
  const reader = logReader(
    {
      event: event => {
        given.push(event);
        events.push(event);
      },
      notice: text => given.push({ notice: text }),
      notUnderstood: line => given.push({ notUnderstood: line }),
    },
    { bareLines: true, ...options },
  );
  let held = 0;
  for (const chunk of chunks) {
    reader.feed(chunk);
    held = Math.max(held, reader.held());
  }
  reader.end();
  return { given, events, held };
}

function* cut(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const row = (message: string) =>
  `2026-05-15 11:08:24.741500+0530 0x85533    Default     0x0                  0      0    kernel: (Pump) ${message}\n`;
const logs = allCaptures().filter(({ tool }) => tool.endsWith('-log'));

describe('A reader of logs', () => {
  it('gives the same, whichever way the text is cut into chunks', () => {
    const text = fc.oneof(
      fc.constantFrom(...logs.map(({ text }) => text)),
      fc.array(fc.constantFrom(...logs.flatMap(({ text }) => text.split('\n')))).map(lines => lines.join('\r\n')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 700 }), (text, size) => {
        assert.deepEqual(read(cut(text, size)).given, read([text]).given);
      }),
    );
  });

  it('holds one event at once, however many there are', () => {
    function* log() {
      for (let at = 0; at < 20_000; at++) yield row(`valve ${at}`);
    }
    const { events, held } = read(log());
    assert.equal(events.length, 20_000);
    assert.ok(held <= row('valve 20000').length, `${held}`);
  });

  it('gives an event without end in pieces, of which each says whose it is', () => {
    const longest = 1000;
    const further = Array.from({ length: 500 }, (_, at) => `\tline ${at}`);
    const { events, held } = read(cut(`${row('begins')}${further.join('\n')}\n${row('next')}`, 64), { longest });
    const [first, ...rest] = events;
    assert.deepEqual(
      rest.slice(0, -1).map(({ piece }) => [piece?.head, piece?.part]),
      rest.slice(0, -1).map((_, at) => [row('begins').trimEnd(), at + 2]),
    );
    assert.equal(
      [first, ...rest.slice(0, -1)].map(event => event?.text).join('\n'),
      `${row('begins')}${further.join('\n')}`,
    );
    assert.ok(held <= longest + 64);
    assert.equal(
      events.reduce((sum, { lines }) => sum + lines, 0),
      502,
    );
  });

  it('gives a line without end in pieces, and loses nothing of it', () => {
    const longest = 1000;
    const line = row('x'.repeat(10_000)).trimEnd();
    const { events, held } = read(cut(`${line}\n${row('next')}`, 64), { longest });
    assert.equal(
      events
        .slice(0, -1)
        .map(({ text }) => text)
        .join(''),
      line,
    );
    assert.deepEqual(
      events.map(({ lines }) => lines).filter(lines => lines > 0),
      [1, 1],
    );
    assert.ok(held <= 2 * longest + 64);
  });

  it('gives the objects of an array that stands on one line, and holds one', () => {
    const object = (at: number) => JSON.stringify({ eventMessage: `valve ${at}`, text: '{"[' });
    const array = `[${Array.from({ length: 2000 }, (_, at) => object(at)).join(',')}]\n`;
    const { events, held } = read(cut(array, 512), { longest: 1000 });
    assert.deepEqual(
      events.map(event => event.object),
      Array.from({ length: 2000 }, (_, at) => object(at)),
    );
    assert.ok(held <= 2 * (1000 + 512), `${held}`);
  });

  it('gives up an object without end: its lines are not understood, and the next event is', () => {
    const lines = Array.from({ length: 500 }, (_, at) => `  "key ${at}" : 1,`);
    const { given, held } = read(cut(`{\n${lines.join('\n')}\n${row('next')}`, 64), { longest: 1000 });
    const kept = given.flatMap(each => (each as { notUnderstood?: { text: string } }).notUnderstood?.text ?? []);
    assert.deepEqual(kept, ['{', ...lines]);
    assert.ok(held <= 2 * (1000 + 64));
  });

  it('cuts out only what is wanted', () => {
    const asked: string[] = [];
    const { events } = read(cut([row('a'), row('b'), '{"eventMessage":"c"}\n'].join(''), 50), {
      wants: (form, text, from, to) => {
        asked.push(`${form} ${text.slice(from, to).slice(-3)}`);
        return form === 'json';
      },
    });
    assert.deepEqual(asked, ['log ) a', 'log ) b', 'json c"}']);
    assert.deepEqual(
      events.map(({ form }) => form),
      ['json'],
    );
  });

  it('reads a message of a million lines in one pass', () => {
    const text = `${row('begins')}${'\tx\n'.repeat(300_000)}`;
    assert.equal(parseKernelLog(text).recordLines, 300_001);
  });
});
