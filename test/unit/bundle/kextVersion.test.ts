import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kextVersionOrder, parsesAsKextVersion } from '../../../src/bundle/kextVersion.ts';

describe('The order of kext versions', () => {
  it('is by numbers, and by stage where these are the same', () => {
    const rising = [
      '0.9',
      '1.0.0d1',
      '1.0.0d2',
      '1.0.0a1',
      '1.0.0b1',
      '1.0.0b12',
      '1.0.0fc1',
      '1.0',
      '1.0.1',
      '1.2',
      '1.10',
      '2',
    ];
    const orders = rising.map(version => kextVersionOrder(version) ?? Number.NaN);
    assert.deepEqual(
      orders,
      [...orders].sort((a, b) => a - b),
    );
    assert.equal(new Set(orders).size, rising.length);
  });

  it('is the same for missing numbers and for zeros, for f and for fc, and with a blank behind it', () => {
    assert.equal(kextVersionOrder('8'), kextVersionOrder('8.0.0'));
    assert.equal(kextVersionOrder('1.2f3'), kextVersionOrder('1.2.0fc3'));
    assert.equal(kextVersionOrder('1.2f3\n\t'), kextVersionOrder('1.2f3'));
  });

  it('knows no version that the kernel does not parse', () => {
    for (const version of ['', '1.', '12345', '1.100', '1.0.0.0', '1.0x2', '1.0d256', ' 1', '1.0d'])
      assert.equal(kextVersionOrder(version), undefined, version);
    fc.assert(
      fc.property(fc.string(), text => assert.equal(parsesAsKextVersion(text), kextVersionOrder(text) !== undefined)),
    );
  });

  it('never puts a later version first', () => {
    const number = (most: number) => fc.integer({ min: 0, max: most });
    const version = fc.tuple(number(9999), number(99), number(99), fc.constantFrom(0, 1, 2, 3, 4), number(255));
    const text = ([major, minor, revision, stage, level]: readonly [number, number, number, number, number]) =>
      `${major}.${minor}.${revision}${['d', 'a', 'b', 'fc'].map(letter => `${letter}${level}`)[stage] ?? ''}`;
    const compared = (a: readonly number[], b: readonly number[]) =>
      a.map((each, at) => each - (b[at] ?? 0)).find(difference => difference !== 0) ?? 0;
    fc.assert(
      fc.property(version, version, (a, b) => {
        const level = ([x, y, z, stage, last]: typeof a): readonly number[] => [x, y, z, stage, stage === 4 ? 0 : last];
        const order = (kextVersionOrder(text(a)) ?? Number.NaN) - (kextVersionOrder(text(b)) ?? Number.NaN);
        assert.equal(Math.sign(order), Math.sign(compared(level(a), level(b))));
      }),
    );
  });
});
