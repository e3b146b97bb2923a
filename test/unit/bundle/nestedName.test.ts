import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { nestedName } from '../../../src/bundle/nestedName.ts';

it('the parts of a nested name are those that were mangled', () => {
  const identifier = fc.stringMatching(/^[A-Za-z_]\w{0,120}$/);
  fc.assert(
    fc.property(fc.array(identifier, { minLength: 1, maxLength: 5 }), names => {
      const mangled = `__ZN${names.map(name => `${name.length}${name}`).join('')}E`;
      assert.deepEqual(nestedName(mangled), names);
    }),
  );
});

it('what is no plain nested name has none', () => {
  for (const symbol of [
    '',
    '_kmod_info',
    '__ZTV10PumpDriver',
    '__Z4beatv',
    '__ZN10PumpDriver5startEP9IOService',
    '__ZN10PumpDriverC2Ev',
    '__ZN13OSValueObjectIiE10gMetaClassE',
    '__ZN10PumpE',
    '__ZN999999999999999999xE',
    '__ZN4Pump',
  ])
    assert.equal(nestedName(symbol), undefined, symbol);
});
