import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsers } from '../../../src/tools/parsers.ts';
import type { ParsedText } from '../../../src/tools/text/parsedText.ts';
import { fuzzer } from '../../support/fuzz/fuzzJob.ts';
import { fuzzParser } from '../../support/fuzz/fuzzParser.ts';
import { processorMs } from '../../support/fuzz/processorMs.ts';

const times = 1_000;

/** `npm run fuzz` gives each parser some hundred times as many, and ten megabytes of single lines. */
describe(`every parser, given ${times} mutated captures,`, () => {
  const fuzz = fuzzer();
  for (const tool of Object.keys(parsers))
    it(`${tool}: throws at none and accounts for every line`, () => {
      const { tried, faults } = fuzz({ tool, times, seed: 20_261_126 });
      assert.deepEqual(faults, []);
      assert.equal(tried, times);
    });
});

describe('the search for what a parser cannot bear', () => {
  const captures = ['one = 1\ntwo = 2\n'];
  const all = (text: string): ParsedText<string> => {
    const records = text.split(/\r?\n/).filter(line => line.trim() !== '');
    return { records, recordLines: records.length, notices: [], notUnderstood: [] };
  };
  const slow = (text: string) => {
    let ms = 0;
    while (ms < 450) ms += processorMs(() => all('line\n'.repeat(10_000)));
    return all(text);
  };
  const search = (parse: (text: string) => ParsedText<unknown>) =>
    fuzzParser({ tool: 'tool', parse, captures, others: captures }, 2_000, 7);

  it('finds nothing where nothing is', () => assert.deepEqual(search(all).faults, []));

  it('finds a parser that throws, and the least text at which it does', () => {
    const { faults } = search(text => {
      if (text.includes('=')) throw new Error('equals');
      return all(text);
    });
    assert.match(faults[0]?.fault ?? '', /^tool, mutant 0 of seed 7: it threw Error: equals/);
    assert.equal(faults[0]?.text, '=');
  });

  it('finds a parser that loses a line', () => {
    const { faults } = search(text => all(text.replace(/^.*{.*$/m, '')));
    assert.match(faults[0]?.fault ?? '', /: \d+ lines became \d+ of records, 0 notices and 0 not understood$/);
    assert.equal(faults[0]?.text, '{');
  });

  it('finds a parser that computes too long for what it is given', () => {
    const { faults } = fuzzParser({ tool: 'tool', parse: slow, captures, others: captures }, 1, 7);
    assert.match(faults[0]?.fault ?? '', /^tool, mutant 0 of seed 7: \d{3,} ms for \d+ characters$/);
  });

  it('gives the same mutants for the same seed', () => {
    const seen: string[][] = [[], []];
    for (const list of seen)
      search(text => {
        list.push(text);
        return all(text);
      });
    assert.deepEqual(seen[0], seen[1]);
    assert.ok(new Set(seen[0]).size > 1_000);
  });
});
