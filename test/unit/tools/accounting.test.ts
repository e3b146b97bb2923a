import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parsers } from '../../../src/tools/parsers.ts';
import { toJson } from '../../../src/tools/text/json.ts';
import { linesOf } from '../../../src/tools/text/lines.ts';
import { allCaptures } from './captures.ts';

const captured = new Map(Object.keys(parsers).map(tool => [tool, captureLines(tool)]));

/** Lines of a tool, or of any other, with something that no line of a tool can have. */
function texts(tool: string): fc.Arbitrary<string> {
  const known = fc.constantFrom(...(captured.get(tool) ?? ['']));
  const other = fc.constantFrom(...[...captured.values()].flat());
  const damaged = fc.tuple(known, fc.nat(200)).map(([line, length]) => line.slice(0, length));
  const line = fc.oneof({ weight: 5, arbitrary: known }, damaged, other, fc.string(), fc.constant(''));
  return fc.array(line, { maxLength: 30 }).map(lines => lines.join('\n'));
}

function captureLines(tool: string): readonly string[] {
  const lines = allCaptures()
    .filter(({ tool: of, origin }) => of === tool && origin === 'captures')
    .flatMap(({ text }) => text.split('\n'));
  return lines.length > 0 ? lines : [''];
}

describe('every parser', () => {
  for (const [tool, parse] of Object.entries(parsers)) {
    it(`${tool}: throws on no text, and what it gives is JSON`, () => {
      fc.assert(
        fc.property(fc.oneof(texts(tool), fc.string({ unit: 'binary' })), text => {
          assert.doesNotThrow(() => JSON.stringify(toJson(parse(text))));
        }),
      );
    });

    it(`${tool}: says exactly where the lines stand that it does not understand`, () => {
      fc.assert(
        fc.property(texts(tool), text => {
          const lines = text.split(/\r?\n/);
          for (const { line, text: told } of parse(text).notUnderstood)
            if (line > 0) assert.equal(told, lines[line - 1]);
        }),
      );
    });

    it(`${tool}: records, notices and lines not understood are all there is`, () => {
      fc.assert(
        fc.property(texts(tool), text => {
          const { recordLines, notices, notUnderstood } = parse(text);
          // A remark has the line number 0 and is no line of the text.
          const lines = notUnderstood.filter(({ line }) => line > 0);
          assert.equal(recordLines + notices.length + lines.length, linesOf(text).length);
        }),
      );
    });

    it(`${tool}: drops no line`, () => {
      fc.assert(
        fc.property(texts(tool), fc.nat(30), (text, at) => {
          const lines = text.split('\n');
          const strange = '§ no tool prints this §';
          lines.splice(at, 0, strange);
          const { records, notices, notUnderstood } = parse(lines.join('\n'));
          const told = JSON.stringify(toJson([records, notices]));
          const kept = notUnderstood.filter(({ text }) => text === strange).length;
          assert.ok(kept === 1 || (kept === 0 && told.includes(strange)));
        }),
      );
    });
  }

  it('ioclasscount: every class of every line is a record', () => {
    const one = fc.tuple(fc.stringMatching(/^[A-Z][A-Za-z0-9_]{0,20}$/), fc.integer({ min: -9, max: 2 ** 31 - 1 }));
    const layout = fc.constantFrom(', ', '\n');
    fc.assert(
      fc.property(fc.array(one, { minLength: 1 }), layout, (counts, separator) => {
        const text = counts.map(([name, n]) => `${name} = ${BigInt.asUintN(64, BigInt(n))}`).join(separator);
        const { records, notices, notUnderstood } = parsers.ioclasscount?.(`${text}\n`) ?? assert.fail();
        assert.deepEqual([notices, notUnderstood], [[], []]);
        assert.deepEqual(
          records,
          counts.map(([name, instances]) => ({ name, instances })),
        );
      }),
    );
  });
});

describe('every parser, given', () => {
  const hostile: Readonly<Record<string, string>> = {
    'a line of a megabyte': 'Kext a class b '.repeat(70_000),
    'errors without end': 'Error Domain=KM Code=1 "x\n'.repeat(5_000),
    'an error without end and much behind it': `Error Domain=KM Code=1 "x\n${'y\n'.repeat(20_000)}`,
    'texts without end': `+-o A  <class A>\n${'"a" = "b\n'.repeat(5_000)}`,
    'archives in archives': '<plist>\n'.repeat(5_000),
    'messages without carets': 'a.c:1:1: error: b\n  x\n'.repeat(5_000),
    'counts without end': `${'A = 1, '.repeat(50_000)}!`,
    'a value nested without end': `+-o A  <class A>\n"a" = ${'{"a"='.repeat(20_000)}`,
    'dictionaries in dictionaries': '{\n"a" = {\n'.repeat(20_000),
    'a dictionary with a text without end': `Info:\n{\n${'"a" = "b\n'.repeat(20_000)}`,
    'sections without findings': 'Warnings:\n'.repeat(20_000),
    'a section without an indent and without end': `Warnings:\nKext is not signed:\n${'x\n'.repeat(20_000)}`,
    'lines that somebody might have wrapped': 'x\n y\n'.repeat(5_000),
    'symbols without end': `    99999 symbols found in more than one library kext:\n${'    a: in\n'.repeat(20_000)}`,
    'findings without end': `Error occurred while building a collection:\n    1: ${"Failed to bind 'a' in 'b' ".repeat(20_000)}`,
    'an archive of blanks': `<plist>${' '.repeat(1_000_000)}`,
  };
  for (const [what, text] of Object.entries(hostile))
    it(`${what}, answers within seconds`, { timeout: 10_000 }, () => {
      for (const [tool, parse] of Object.entries(parsers)) {
        const start = performance.now();
        parse(text);
        assert.ok(performance.now() - start < 3_000, `${tool} took ${performance.now() - start} ms`);
      }
    });
});
