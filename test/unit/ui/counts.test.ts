import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CountHistory, followAll, historyOf, noHistory } from '../../../src/ui/countHistory.ts';
import { countHover, countText } from '../../../src/ui/countText.ts';
import type { KextView } from '../../../src/ui/kextView.ts';
import { leakedFiles } from '../../../src/ui/leakedFiles.ts';
import { treeRows } from '../../../src/ui/treeRows.ts';
import { counts, entry, kext, snapshot } from '../diagnosis/snapshots.ts';
import { heldByProcess, loaded, own, running, verdict, view } from './views.ts';

const refusedHeld = view({
  refused: true,
  diagnoses: [heldByProcess],
  snapshot: { ...running, registry: [entry('Turbine', { id: 1n, active: false })] },
});
const refusedLeaked = view({ refused: true, diagnoses: [verdict({ instances: 2 })] });

function seen(...views: readonly KextView[]): CountHistory {
  return historyOf(views.reduce(followAll, new Map()), views.at(-1) ?? view());
}

function withRotors(rotors: number, told: Partial<KextView> = {}): KextView {
  return view({ snapshot: { ...running, classCounts: counts({ Turbine: 1, Rotor: rotors }) }, ...told });
}

describe('What stands beside a class', () => {
  it('is nothing while the kext isn’t loaded, or the class isn’t registered', () => {
    assert.equal(countText('Rotor', view({ snapshot: snapshot() }), noHistory), undefined);
    assert.equal(countText('Rotor', view({ snapshot: undefined }), noHistory), undefined);
    assert.equal(countText('Stator', view(), noHistory), undefined);
    assert.equal(countHover('Stator', view(), noHistory), undefined);
  });

  it('is how many live', () => {
    assert.equal(countText('Rotor', view(), noHistory)?.text, '1 live');
  });

  it('of a held class says by whom, and how many the registry shows', () => {
    assert.equal(countText('Turbine', refusedHeld, noHistory)?.text, '1 held by turbinectl (pid 587) · 1 in registry');
  });

  it('of a leaked one has no place in the registry', () => {
    assert.deepEqual(countText('Rotor', refusedLeaked, noHistory), {
      text: '2 leaked',
      spoken: 'Rotor: 2 leaked',
      colour: 'error',
    });
  });

  it('says how many came since the load was seen first, not how many went', () => {
    const after = withRotors(3);
    assert.equal(countText('Rotor', after, seen(view(), after))?.text, '3 live (+2)');
    const fewer = withRotors(0);
    assert.equal(countText('Rotor', fewer, seen(view(), fewer))?.text, '0 live');
  });

  it('starts anew with another load, and remembers what each one left', () => {
    const again = withRotors(5, {
      snapshot: { ...running, kexts: [{ ...loaded, index: 161 }], classCounts: counts({ Turbine: 1, Rotor: 5 }) },
    });
    const history = seen(view(), refusedLeaked, again);
    assert.equal(countText('Rotor', again, history)?.text, '5 live');
    assert.match(countHover('Rotor', again, history) ?? '', / · last reloads 2$/m);
  });

  it('goes on where another kext, or another target, was shown meanwhile', () => {
    const other = kext('org.sample.driver.Pump', { index: 161 });
    const pump = view({
      own: { ...own, key: '/q/Info.plist', bundleIdentifier: other.bundleIdentifier, classes: [], declarations: [] },
      snapshot: { ...running, kexts: [loaded, other] },
    });
    const onMac = view({ snapshot: { ...running, target: 'ssh:test-mac', kexts: [{ ...loaded, index: 9 }] } });
    const after = withRotors(3);
    const history = seen(view(), after, pump, view({ own: undefined }), onMac, after);
    assert.equal(countText('Rotor', after, history)?.text, '3 live (+2)');
    assert.doesNotMatch(countHover('Rotor', after, history) ?? '', /last reloads/);
  });

  it('is nothing while the target is away: what was seen last may be wrong', () => {
    assert.equal(countText('Rotor', view({ past: true }), noHistory), undefined);
  });

  it('grows in the tree, too', () => {
    const after = withRotors(3);
    const [, own] = treeRows(after, seen(view(), after));
    assert.equal(
      own?.children?.find(({ className }) => className === 'Rotor')?.description,
      '3 live (+2 since last load)',
    );
    assert.equal(own?.children?.find(({ className }) => className === 'Turbine')?.description, '1 live');
  });

  it('remembers nothing of a target that could not be read', () => {
    const history = seen(view(), withRotors(9, { past: true }), view({ snapshot: undefined }), withRotors(2));
    assert.equal(countText('Rotor', withRotors(2), history)?.text, '2 live (+1)');
  });

  it('tells in a hover where the instances are, and the verdict with its next step', () => {
    const text = countHover('Turbine', refusedHeld, seen(view(), refusedHeld)) ?? '';
    assert.match(text, /^\*\*Turbine\*\*: 1 instance on the Simulated Mac, \d\d:\d\d:\d\d\n/);
    assert.match(text, /^own 1 · in subclasses 0 · in the registry 1 \(1 terminated\) · since load 0$/m);
    assert.match(text, /\nTurbine is held\.\n/);
    const beside = countHover('Turbine', refusedHeld, noHistory, true) ?? '';
    assert.ok(beside.endsWith('\n\nTurbine is held by turbinectl (pid 587)'), beside);
  });
});

describe('The explorer', () => {
  it('marks the files that declare leaked classes, and no others', () => {
    assert.deepEqual(
      [...leakedFiles(refusedLeaked)],
      [[own.declarations[1]?.declaration.file, { badge: 'L', tooltip: '2 leaked instances of Rotor' }]],
    );
    assert.equal(leakedFiles(refusedHeld).size, 0);
    assert.equal(leakedFiles(view({ diagnoses: [verdict({ certainty: 'possible' })] })).size, 0);
  });
});
