import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyEntry } from '../../../src/model/registryEntry.ts';
import { parseIoregTree } from '../../../src/tools/ioreg.ts';
import { parsers } from '../../../src/tools/parsers.ts';
import { linesOf } from '../../../src/tools/text/lines.ts';

const size = 2_000_000;
const node = '+-o A  <class A, id 0x5, registered, matched, active, busy 0, retain 5>\n';
const repeated = (text: string) => text.repeat(Math.ceil(size / text.length));

/** Texts at which a search that goes back, or a recursion, would never come to its end. */
const hostile: Readonly<Record<string, string>> = {
  'objects without properties': repeated(node),
  'words of state without end': `+-o A  <class A${repeated(', id 0x5')}>\n`,
  'superclasses without end': `+-o A  <class ${repeated('A : ')}B>\n`,
  'classes that begin again and again': repeated('+-o A  <class '),
  'blanks inside a class': `+-o A  <class A${' '.repeat(size)}x>\n`,
  'blanks before a word': `${node}${' '.repeat(size)}x\n`,
  'a text without end, and blanks in it': `${node}"a" = "${' '.repeat(size)}x\n`,
  'quotes without end': `${node}"a" = ${repeated('"')}\n`,
  'keys with quotes, and texts without end': `${node}${repeated('"a"b" = "x\n')}`,
  'texts of a hundred lines without end': `${node}${repeated(`"a" = "x\n${'y y\n'.repeat(99)}`)}`,
  bytes: `${node}"a" = <${repeated('0f')}>\n`,
  digits: `${node}"a" = ${repeated('9')}\n`,
  'a list': `${node}"a" = (${repeated('1,')}1)\n`,
  'a dictionary without end': `${node}"a" = {${repeated('"k"=1,')}\n`,
  'lists in lists': `${node}"a" = ${repeated('(')}\n`,
  'counts on one line': `${repeated('A = 1, ')}B = 2\n`,
  'counts, and a word behind them': `${repeated('A = 1, ')}!`,
  'counts that cannot be read, without end': repeated('A = ?? (, '),
  'a count of many digits': `A = ${repeated('1')}`,
  'archives on one line': repeated('<plist><dict><key>IOObjectClass</key><string>A</string></dict></plist>'),
  'archives that end in their first word': repeated('<plis'),
  'prologs on one line': `${repeated('<?xml ?><!DOCTYPE a>')}x`,
  'blanks before an archive': `${' '.repeat(size)}x<plist>`,
  'attributes without end': `<plist ${repeated('a="b" ')}>`,
  'line ends in an archive': `<plist>${'\n'.repeat(size)}`,
  'a list in an archive that closes and closes': `<plist><array>${repeated('</plist')}`,
  'entities in an archive': `<plist><dict><key>a</key><string>${repeated('a&amp;')}</string></dict></plist>`,
};

describe('The parsers of ioreg and ioclasscount, given', () => {
  for (const [what, text] of Object.entries(hostile))
    it(`${what}, come to an end and lose no line`, { timeout: 60_000 }, () => {
      for (const tool of ['ioreg', 'ioreg-archive', 'ioclasscount']) {
        const { recordLines, notices, notUnderstood } = parsers[tool]?.(text) ?? assert.fail();
        const kept = notUnderstood.filter(({ line }) => line > 0).length;
        assert.equal(recordLines + notices.length + kept, linesOf(text).length, tool);
      }
    });

  it('a tree of more levels than any Mac has, keep those that one might have', () => {
    const lines = Array.from({ length: 2_000 }, (_, level) => `${'  '.repeat(level)}${node}`);
    const { records, notUnderstood } = parseIoregTree(lines.join(''));
    assert.deepEqual([[...everyEntry(records)].length, notUnderstood.length], [1, 1_500]);
  });
});
