import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lineReader } from '../../../../src/tools/text/lineTemplates.ts';

const read = lineReader({
  counted: ['Kext {kext} class {class} has {instances:d} instances.'],
  failed: ['Failed ({*}) - {code:x}, {id:id}'],
  indented: ['x:\t{item}'],
} as const);

describe('a template of a line', () => {
  it('gives its fields, typed', () => {
    const fact = read('  Kext a.b (c) class D has -3 instances. ');
    assert.deepEqual(fact, { kind: 'counted', kext: 'a.b (c)', class: 'D', instances: -3 });
    assert.deepEqual(read('Failed (any [.*] thing) - 0xdc008018, 0x10000031f'), {
      kind: 'failed',
      code: 0xdc008018,
      id: 0x10000031fn,
    });
  });

  it('fits whole lines only, to the letter', () => {
    for (const text of [
      'Kext a class D has 3 instancesX',
      'the Kext a class D has 3 instances.',
      'Failed () - 12, 0x1',
    ])
      assert.equal(read(text), undefined);
  });

  it('knows a tab by the blanks that a copy made of it, and not by one blank', () => {
    assert.deepEqual(
      ['x:\ta', 'x:    a', 'x: a'].map(text => read(text)?.kind),
      ['indented', 'indented', undefined],
    );
  });

  it('finds whatever words stand in its fields', () => {
    const word = fc.stringMatching(/^[\w.()[\]*+-]+$/);
    fc.assert(
      fc.property(word, word, fc.integer(), (kext, name, instances) => {
        const fact = read(`Kext ${kext} class ${name} has ${instances} instances.`);
        assert.deepEqual(fact, { kind: 'counted', kext, class: name, instances });
      }),
    );
  });
});
