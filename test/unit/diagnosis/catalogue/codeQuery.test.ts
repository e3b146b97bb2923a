import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeQuery } from '../../../../src/diagnosis/catalogue/codeQuery.ts';
import { osReturns } from '../../../../src/tools/osReturn.ts';

describe('A return code that is asked about', () => {
  for (const { code, symbol } of osReturns)
    it(`0x${code.toString(16)} is ${symbol} in every spelling`, () => {
      const hex = code.toString(16);
      for (const numeral of [
        `0x${hex}`,
        hex,
        hex.toUpperCase(),
        String(code),
        String(code | 0),
        symbol,
        `0x00000000${hex}`,
      ])
        if (!numeral.includes('|')) assert.deepEqual(codeQuery(numeral), { kind: 'return', code }, numeral);
    });

  it('is none where it has too few digits, too many, or other signs', () => {
    for (const none of ['', '0x', 'zz', '0xdc00801800', '-', '5'])
      assert.notEqual(codeQuery(none)?.kind, 'return', none);
  });
});
