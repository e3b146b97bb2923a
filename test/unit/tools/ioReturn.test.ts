import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ioReturnOfCode } from '../../../src/tools/ioReturn.ts';

describe('A status of the I/O Kit', () => {
  it('is known by its number, unsigned or signed', () => {
    for (const code of [0xe00002f0, 0xe00002f0 | 0]) {
      assert.deepEqual(ioReturnOfCode(code), {
        code: 0xe00002f0,
        symbol: 'kIOReturnNotFound',
        meaning: 'it was not found',
      });
    }
  });

  it('of another kind is none', () => {
    for (const code of [0, 5, 0xdc008018, 0xe0000fff, Number.NaN]) assert.equal(ioReturnOfCode(code), undefined);
  });
});
