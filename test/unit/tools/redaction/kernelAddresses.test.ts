import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addressShift } from '../../../../src/tools/redaction/kernelAddresses.ts';

const address = fc.bigInt({ min: 0xffffff7f80000000n, max: 0xffffff7fffffffffn });
const written = (value: bigint) => `0x${value.toString(16)}`;
const shifted = (text: string) => addressShift([text])(text, () => undefined);

describe('addresses of the kernel', () => {
  it('keep their length, their order, their distances and their place in the page', () => {
    fc.assert(
      fc.property(fc.uniqueArray(address, { minLength: 2 }), all => {
        const moved = shifted(all.map(written).join(' ')).split(' ').map(BigInt);
        const [first = 0n, start = 0n] = [all[0], moved[0]];
        for (const [at, each] of all.entries()) {
          assert.equal((moved[at] ?? 0n) - start, each - first);
          assert.equal((moved[at] ?? 0n) & 0xfffn, each & 0xfffn);
          assert.equal(written(moved[at] ?? 0n).length, 18);
        }
      }),
    );
  });

  it('say nothing of where the kernel lies: another slide is the same text', () => {
    fc.assert(
      fc.property(fc.array(address, { minLength: 1 }), fc.integer({ min: 1, max: 0x1000 }), (all, slide) => {
        const by = BigInt(slide) * 0x1000n;
        const fits = all.filter(each => each + by <= 0xffffff7fffffffffn);
        const text = (values: readonly bigint[]) => values.map(written).join('\n');
        assert.equal(shifted(text(fits.map(each => each + by))), shifted(text(fits)));
      }),
    );
  });

  it('are the same in every text, also in decimal digits', () => {
    const texts = ['0xFFFFFF8012345678', `<integer>${0xffffff8012345678n}</integer>`];
    const shift = addressShift(texts);
    assert.deepEqual(
      texts.map(text => shift(text, () => undefined)),
      ['0xFFFFFF8000000678', `<integer>${0xffffff8000000678n}</integer>`],
    );
  });

  it('are no masks, no negative numbers and no small ones', () => {
    const text = '0xffffffffffffffff 0xfffffffffffffffe 0xffffffff00000000 0x1000003c1 0xb007000 18446744073709551615';
    assert.equal(shifted(text), text);
  });
});
