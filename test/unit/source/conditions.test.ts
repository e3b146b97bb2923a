import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { conditionHolds } from '../../../src/source/conditions.ts';

const macros = new Map([
  ['VALVE', '1'],
  ['LEVEL', '0x20L'],
  ['NAME', 'Pump'],
  ['OLD', undefined],
]);

describe('the condition of an #if', () => {
  it('holds or not by what is known of the macros', () => {
    const expected: readonly (readonly [string, boolean | undefined])[] = [
      ['0', false],
      ['true', true],
      ['VALVE', true],
      ['OLD', false],
      ['defined(NAME) && !defined OLD', true],
      ['defined ( OLD ) || \\\n LEVEL >= 32', true],
      ['(!VALVE) || (LEVEL == 010)', false],
    ];
    for (const [condition, holds] of expected) assert.equal(conditionHolds(condition, macros), holds, condition);
  });

  it('is not known where it hangs on a macro of which nothing is known', () => {
    for (const condition of [
      'OTHER',
      'defined(OTHER)',
      '!OTHER',
      'VALVE && OTHER',
      'OLD || OTHER',
      'LEVEL > OTHER',
      'NAME',
    ])
      assert.equal(conditionHolds(condition, macros), undefined, condition);
    assert.equal(conditionHolds('OTHER || VALVE', macros), true);
    assert.equal(conditionHolds('OTHER && OLD', macros), false);
  });

  it('is not known where it is not understood', () => {
    for (const condition of [
      '',
      '1 + 1',
      'AT_LEAST(10, 15)',
      '(1',
      '1)',
      'defined',
      'VALVE LEVEL',
      '1 < 2 < 3',
      '"1"',
      '&&',
    ])
      assert.equal(conditionHolds(condition, macros), undefined, condition);
  });

  it('of known macros and numbers alone has the value that C gives it', () => {
    const asC = (sign: string, a: string, b: string) =>
      ['&&', '||'].includes(sign) ? `Number(Boolean(${a} ${sign} ${b}))` : `Number(${a} ${sign} ${b})`;
    /** A condition, and JavaScript that has its value. */
    interface Condition {
      readonly text: string;
      readonly value: string;
    }
    const { condition } = fc.letrec<{ condition: Condition; simple: Condition }>(tie => ({
      simple: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('0', '1', '2', '7').map(text => ({ text, value: text })),
        tie('condition').map(({ text, value }) => ({ text: `(${text})`, value: `(${value})` })),
      ),
      condition: fc.oneof(
        { depthSize: 'small' },
        tie('simple'),
        tie('simple').map(({ text, value }) => ({ text: `!${text}`, value: `Number(!${value})` })),
        fc
          .tuple(tie('simple'), fc.constantFrom('&&', '||', '==', '!=', '<', '>='), tie('simple'))
          .map(([a, sign, b]) => ({ text: `${a.text} ${sign} ${b.text}`, value: asC(sign, a.value, b.value) })),
      ),
    }));
    fc.assert(
      fc.property(condition, ({ text, value }) => {
        const holds: unknown = new Function(`return Boolean(${value})`)();
        assert.equal(conditionHolds(text, macros), holds);
      }),
      { numRuns: 1000 },
    );
  });
});
