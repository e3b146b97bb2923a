import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { explain } from '../../../../src/diagnosis/catalogue/explain.ts';
import { explainAsked } from '../../../../src/diagnosis/catalogue/explainAsked.ts';

const ids = (text: string) => explainAsked(text).map(({ row }) => row.id);
const lines = [
  "(kernel) Can't unload kext org.sample.driver.Turbine; classes have instances:",
  '(kernel)     Kext org.sample.driver.Turbine class Rotor has 1 instance.',
];
const expected = explain(lines.join('\n')).map(({ row }) => row.id);

describe('What is asked about', () => {
  it('has messages that say more than one thing', () => assert.equal(expected[0], 'unload.classesHaveInstances'));

  it('is explained as it stands where that is known', () => {
    for (const text of [lines.join('\n'), '0xdc008018', 'nothing of this sort'])
      assert.deepEqual(explainAsked(text), explain(text));
  });

  const bare = lines.map(line => line.replace('(kernel) ', '').trim());
  for (const [how, text] of [
    ['an input box, which leaves the line ends out', lines.join('')],
    ['a shell, which makes blanks of them', lines.join(' ').replaceAll(/\s+/g, ' ')],
    ['either, without the prefixes of the kernel', bare.join(' ')],
    ['either, with what the tool says after it', `${bare.join(' ')} Failed to unload org.sample.driver.Turbine.`],
  ] as const)
    it(`is explained, too, where its lines were joined by ${how}`, () => {
      assert.deepEqual(
        ids(text).filter(id => expected.includes(id)),
        expected,
      );
    });

  it('may be anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => assert.ok(Array.isArray(explainAsked(text)))));
  });
});
