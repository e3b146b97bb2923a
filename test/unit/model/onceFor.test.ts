import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { onceFor } from '../../../src/model/onceFor.ts';

describe('What follows from a value', () => {
  it('is worked out once for each value, and anew for an equal one', () => {
    let worked = 0;
    const lengthOf = onceFor((list: readonly string[]) => {
      worked += 1;
      return { length: list.length };
    });
    const rotors = ['a', 'b'];
    assert.equal(lengthOf(rotors), lengthOf(rotors));
    assert.equal(worked, 1);
    assert.deepEqual(lengthOf([...rotors]), { length: 2 });
    assert.equal(worked, 2);
  });
});
