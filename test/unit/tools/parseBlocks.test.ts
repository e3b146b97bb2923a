import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Line, parseBlocks } from '../../../src/tools/text/lines.ts';

/** Knows `x` and `end` together, where an `end` is at most three lines below. Counts how often it is asked. */
function reader() {
  const asked = { times: 0 };
  const take = (lines: readonly Line[], at: number) => {
    asked.times += 1;
    const length = lines.slice(at, at + 4).findIndex(({ text }) => text === 'end') + 1;
    return lines[at]?.text === 'x' && length > 1 ? { records: [length], taken: length } : undefined;
  };
  return { asked, take };
}

describe('A text of blocks', () => {
  it('has the block that stands behind a line that was repeated without end', () => {
    const { take } = reader();
    const { records, recordLines, notUnderstood } = parseBlocks(`${'x\n'.repeat(10_000)}end\n`, take, () => false);
    assert.deepEqual([records, recordLines, notUnderstood.length], [[4], 4, 9_997]);
    assert.equal(notUnderstood.at(-1)?.line, 9_997);
  });

  it('is looked at once where one line is repeated, and not at each of them', () => {
    const { asked, take } = reader();
    const { notices } = parseBlocks(`${'x\n'.repeat(100_000)}`, take, () => true);
    assert.equal(notices.length, 100_000);
    assert.ok(asked.times < 3_000, `asked ${asked.times} times`);
  });

  it('is looked at line by line where two lines take turns', () => {
    const { asked, take } = reader();
    const { notUnderstood } = parseBlocks('x\ny\n'.repeat(3_000), take, () => false);
    assert.deepEqual([asked.times, notUnderstood.length], [6_000, 6_000]);
  });
});
