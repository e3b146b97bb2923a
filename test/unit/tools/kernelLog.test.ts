import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kernelLog, parseKernelLog, parseSystemLog } from '../../../src/tools/kernelLog.ts';
import { output } from '../simulator/fakeRunner.ts';
import { allCaptures } from './captures.ts';

const event = (message: string) => JSON.stringify({ timestamp: 't', eventMessage: message, processID: 0 });

describe('The kernel’s log', () => {
  it('is its messages, oldest first; its end is a notice', () => {
    const text = `${event('first')}\n${event('second\n  goes on')}\n{"count":2,"finished":1}\n`;
    const { records, ...rest } = parseSystemLog(text);
    assert.deepEqual(
      records.map(({ message, timestamp, pid }) => [message, timestamp, pid]),
      [
        ['first', 't', 0],
        ['second\n  goes on', 't', 0],
      ],
    );
    assert.deepEqual(rest, { recordLines: 2, notices: ['{"count":2,"finished":1}'], notUnderstood: [] });
  });

  it('keeps what is no event', () => {
    const { notUnderstood } = parseSystemLog(`${event('x')}\nlog: warning\n{"eventMessage": 3}\n{"cut`);
    assert.deepEqual(
      notUnderstood.map(({ line, text }) => [line, text]),
      [
        [2, 'log: warning'],
        [3, '{"eventMessage": 3}'],
        [4, '{"cut'],
      ],
    );
  });

  it('has one event for a mark that bare lines repeat, and one for each line that says more', () => {
    const { records, recordLines } = parseKernelLog('.\n.\n\n.\nPump: on\nPump: on\n..\n.\n');
    assert.deepEqual(
      records.map(({ line, message }) => [line, message]),
      [
        [1, '.\n.\n\n.'],
        [5, 'Pump: on'],
        [6, 'Pump: on'],
        [7, '..'],
        [8, '.'],
      ],
    );
    assert.equal(recordLines, 7);
  });

  it('does not grow with the number of lines that repeat a mark', () => {
    for (const mark of ['0', '-', '"', '>>', '-->']) {
      const { records, recordLines } = parseKernelLog(`${mark}\n`.repeat(100_000));
      assert.deepEqual([records.length, recordLines], [1, 100_000], mark);
    }
  });

  it('drops no line of any form, wherever the lines of other forms stand', () => {
    const captured = allCaptures().filter(({ tool }) => tool.endsWith('-log'));
    const known = fc.constantFrom(...captured.flatMap(({ text }) => text.split('\n')));
    const cut = fc
      .tuple(known, fc.nat(160), fc.boolean())
      .map(([line, at, isFirst]) => (isFirst ? line.slice(0, at) : line.slice(at)));
    const line = fc.oneof(known, cut, fc.constantFrom('{', '}', '[', '},{', '[{', '}]', '  "a" : 1,', '"', ' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), lines => {
        for (const parse of [parseSystemLog, parseKernelLog]) {
          const { records, notices, notUnderstood } = parse(lines.join('\n'));
          const told = new Set([
            ...records.flatMap(({ text }) => text.split('\n')),
            ...notices,
            ...notUnderstood.map(({ text }) => text),
          ]);
          for (const each of lines) assert.ok(each.trim() === '' || told.has(each), each);
        }
      }),
    );
  });

  it('accounts for every line, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.string().map(event), fc.json())), lines => {
        const text = lines.join('\n');
        for (const parse of [parseSystemLog, parseKernelLog]) {
          const { recordLines, notices, notUnderstood } = parse(text);
          const filled = text.split(/\r?\n/).filter(line => line.trim() !== '');
          const kept = notUnderstood.filter(({ line }) => line > 0).length;
          assert.equal(recordLines + notices.length + kept, filled.length);
        }
      }),
    );
  });

  it('that cannot be read has no messages', () => {
    assert.deepEqual(kernelLog().parse(output({ stderr: 'log: not permitted', exitCode: 64 })), []);
  });
});
