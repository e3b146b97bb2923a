import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseKernelLog } from '../../../../src/tools/kernelLog.ts';
import { parsers } from '../../../../src/tools/parsers.ts';
import { commonIndent, unindented } from '../../../../src/tools/text/indent.ts';
import { allCaptures, capture } from '../captures.ts';

const setIn = (text: string, indent: string) =>
  text
    .split('\n')
    .map(line => (line.trim() === '' ? line : indent + line))
    .join('\n');

/** A record that has its lines has them as they came. */
function asItCame(record: unknown, indent: string): unknown {
  const { line, text } = record as { readonly line?: unknown; readonly text?: unknown };
  return line !== undefined && typeof text === 'string' ? { ...(record as object), text: setIn(text, indent) } : record;
}

describe('A text that is set in as a whole, as in Markdown,', () => {
  for (const { name, tool, text } of allCaptures().filter(({ origin }) => origin === 'captures'))
    it(`says what it says otherwise: ${name}`, () => {
      const parse = parsers[tool] ?? assert.fail();
      const plain = parse(text);
      for (const indent of ['    ', '\t', '  \t ']) {
        const { records, recordLines, notices, notUnderstood } = parse(setIn(text, indent));
        assert.deepEqual(
          [records, recordLines],
          [plain.records.map(each => asItCame(each, indent)), plain.recordLines],
        );
        assert.deepEqual(
          notices,
          plain.notices.map(notice => setIn(notice, indent)),
        );
        assert.deepEqual(
          notUnderstood,
          plain.notUnderstood.map(each => (each.line > 0 ? { ...each, text: setIn(each.text, indent) } : each)),
        );
      }
    });

  it('has that in common with which its lines begin, blank ones aside', () => {
    for (const [text, indent] of [
      ['    a\n      b\n', '    '],
      ['    a\n\n  \r\n    b', '    '],
      ['\t a\n\t\tb', '\t'],
      ['    a\nb', ''],
      ['\ta\n    b', ''],
      ['  \n', ''],
      ['', ''],
    ] as const)
      assert.equal(commonIndent(text), indent, JSON.stringify(text));
  });

  it('is the same again without it', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '|') });
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('    ', '\t'), (lines, indent) => {
        const text = ['x', ...lines.filter(each => each.trim() !== '')].join('\n');
        assert.equal(unindented(setIn(text, indent)), text);
      }),
    );
  });
});

describe('A log that is set in below what somebody wrote', () => {
  for (const name of ['log-default', 'log-syslog', 'log-compact', 'system-log', 'log-ndjson'])
    it(`is read all the same: ${name}`, () => {
      const facts = (text: string) => parseKernelLog(text).records.flatMap(each => each.facts.map(fact => fact.kind));
      const plain = facts(capture(name));
      assert.ok(plain.length > 0);
      assert.deepEqual(facts(`What I see:\n\n${setIn(capture(name), '    ')}`), plain);
    });

  it('is not what a message of several lines says of a time or a process', () => {
    const row = '2026-05-15 11:08:24.741500+0530 0x85533  Default  0x0  0  0  kernel: (Turbine) speeds:';
    const text = `${row}\n    2026-05-15 11:08:24 +0000\n    pump[3]: 400\n`;
    assert.deepEqual(
      parseKernelLog(text).records.map(({ message }) => message),
      ['speeds:\n    2026-05-15 11:08:24 +0000\n    pump[3]: 400'],
    );
  });

  it('has the times of dmesg apart from its messages', () => {
    const { records } = parseKernelLog(
      'a\n    [   12.345678]: Kext org.sample.driver.Turbine did not stop (return code 0x5).\n',
    );
    assert.partialDeepStrictEqual(records[1], { timestamp: '12.345678', facts: [{ kind: 'didNotStop' }] });
  });
});
