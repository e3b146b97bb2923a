import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { build } from 'plist';
import { savedCounts } from '../../../src/diagnosis/savedCounts.ts';
import { capture, storedCaptures } from '../tools/captures.ts';

const tree = capture('ioreg-diagnostics');
const counts = new Map([
  ['OSObject', 388],
  ['TurbineRotor', 1],
  ['TurbineBlade', -1],
  ['TurbineDriver', 0],
]);

describe('Counts that somebody saved', () => {
  const property = tree.split('\n').find(line => line.includes('IOKitDiagnostics')) ?? '';
  const archive = build({
    IOObjectClass: 'IORegistryEntry',
    IOKitDiagnostics: {
      Classes: { OSObject: 388, TurbineRotor: 1, TurbineBlade: 4294967295, TurbineDriver: 0 },
      'Instance allocation': 5286592,
    },
    IORegistryEntryChildren: [{ IOObjectClass: 'TurbineDriver', IOKitDiagnostics: 'none' }],
  });

  for (const [what, text] of [
    [
      'as ioclasscount prints them',
      'OSObject = 388\nTurbineRotor = 1\nTurbineBlade = 18446744073709551615\nTurbineDriver = 0\n',
    ],
    ['in the root of a tree', tree],
    ['on the one line of a tree that grep found', `${property}\n`],
    ['in the root of an archive', archive],
  ] as const)
    it(`are read ${what}, those of over-released classes negative`, () =>
      assert.deepEqual(savedCounts(text).counts, counts));

  for (const [what, text] of [
    ['a tree without them', capture('ioreg-held-open')],
    ['an archive without them', capture('ioreg-archive-objects')],
    ['a line that the terminal’s width cut', `${property.slice(0, 80)}$\n`],
    ['no text of these tools', 'Kext loaded.\n'],
    ['nothing', ''],
  ] as const)
    it(`are none in ${what}`, () => assert.equal(savedCounts(text).counts.size, 0));

  it('are the same from a tree of a whole Mac as from ioclasscount on it', t => {
    const named = (start: string) => storedCaptures().find(({ name }) => name.startsWith(start))?.text;
    const [printed, registry] = [named('ioclasscount-plain'), named('ioreg-l-i')];
    if (printed === undefined || registry === undefined) return t.diagnostic('the corpus is not present');
    assert.ok(savedCounts(printed).counts.size > 1000);
    assert.deepEqual(savedCounts(registry).counts, new Map(savedCounts(printed).counts));
  });
});
