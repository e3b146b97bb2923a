import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsers } from '../../../../src/tools/parsers.ts';
import { capture } from '../captures.ts';

describe('A tool that could not list what it was asked for', () => {
  for (const tool of ['kextstat', 'kmutil-showloaded'])
    it(`${tool}: has said so, which is a record and no noise`, () => {
      const text = capture('kextstat-refused').trimEnd();
      assert.deepEqual(parsers[tool]?.(text), {
        records: [{ kind: 'notListed', by: 'tool', line: 1, text }],
        recordLines: 1,
        notices: [],
        notUnderstood: [],
      });
    });

  it('may have listed something before', () => {
    const { records, recordLines, notUnderstood } =
      parsers.ioclasscount?.('Rotor = 1\nError: Class information missing.\nwhat\n') ?? assert.fail();
    assert.partialDeepStrictEqual(records, [{ name: 'Rotor' }, { kind: 'countsMissing', line: 2 }]);
    assert.deepEqual([recordLines, notUnderstood], [2, [{ line: 3, text: 'what' }]]);
  });
});
