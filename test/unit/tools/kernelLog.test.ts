import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kernelLog, parseLogNdjson } from '../../../src/tools/kernelLog.ts';
import { output } from '../simulator/fakeRunner.ts';

const event = (message: string) => JSON.stringify({ timestamp: 't', eventMessage: message, processID: 0 });

describe('The kernel’s log', () => {
  it('is its messages, oldest first; its end is a notice', () => {
    const text = `${event('first')}\n${event('second\n  goes on')}\n{"count":2,"finished":1}\n`;
    assert.deepEqual(parseLogNdjson(text), {
      records: [
        { message: 'first', timestamp: 't' },
        { message: 'second\n  goes on', timestamp: 't' },
      ],
      recordLines: 2,
      notices: ['{"count":2,"finished":1}'],
      notUnderstood: [],
    });
  });

  it('keeps what is no event', () => {
    const { notUnderstood } = parseLogNdjson(`${event('x')}\nlog: warning\n{"eventMessage": 3}\n{"cut`);
    assert.deepEqual(
      notUnderstood.map(({ line, text }) => [line, text]),
      [
        [2, 'log: warning'],
        [3, '{"eventMessage": 3}'],
        [4, '{"cut'],
      ],
    );
  });

  it('accounts for every line, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.string().map(event), fc.json())), lines => {
        const text = lines.join('\n');
        const { records, notices, notUnderstood } = parseLogNdjson(text);
        const filled = text.split(/\r?\n/).filter(line => line.trim() !== '');
        assert.equal(records.length + notices.length + notUnderstood.length, filled.length);
      }),
    );
  });

  it('that cannot be read has no messages', () => {
    assert.deepEqual(kernelLog().parse(output({ stderr: 'log: not permitted', exitCode: 64 })), []);
  });
});
