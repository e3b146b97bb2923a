import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countsInFile } from '../../../src/ui/counts/countsInFile.ts';
import { countsShown } from '../../../src/ui/counts/countsShown.ts';
import { countHover, countText } from '../../../src/ui/counts/countText.ts';
import { leakedFiles } from '../../../src/ui/counts/leakedFiles.ts';
import { type CountHistory, followAll, historyOf, noHistory } from '../../../src/ui/session/countHistory.ts';
import type { KextView } from '../../../src/ui/session/kextView.ts';
import { treeRows } from '../../../src/ui/tree/treeRows.ts';
import { counts, entry, kext, snapshot } from '../diagnosis/snapshots.ts';
import { heldByProcess, loaded, own, pump, running, verdict, view } from './views.ts';

const refusedHeld = view({
  refused: true,
  diagnoses: [heldByProcess],
  snapshot: { ...running, registry: [entry('Turbine', { id: 1n, active: false })] },
});
const refusedLeaked = view({ refused: true, diagnoses: [verdict({ instances: 2 })] });

/** What the load began with. */
const atLoad = new Map([
  ['Turbine', 1],
  ['Rotor', 1],
]);

function seen(...views: readonly KextView[]): CountHistory {
  return historyOf(views.reduce(followAll, new Map()), views.at(-1) ?? view());
}

function withRotors(rotors: number, told: Partial<KextView> = {}): KextView {
  return view({ snapshot: { ...running, classCounts: counts({ Turbine: 1, Rotor: rotors }) }, ...told });
}

describe('Where counts stand', () => {
  it('is as the setting says, and above the class where it says nothing that is known', () => {
    for (const way of ['codeLens', 'inline', 'off'] as const) assert.equal(countsShown(way), way);
    for (const other of ['bogus', '', 7, null, undefined]) assert.equal(countsShown(other), 'codeLens');
  });
});

describe('What stands beside a class', () => {
  it('is nothing while the kext isn’t loaded, or the class isn’t registered', () => {
    assert.equal(countText('Rotor', view({ snapshot: snapshot() })), undefined);
    assert.equal(countText('Rotor', view({ snapshot: undefined })), undefined);
    assert.equal(countText('Stator', view()), undefined);
    assert.equal(countHover('Stator', view(), noHistory), undefined);
  });

  it('is how many live', () => {
    assert.equal(countText('Rotor', view()), '1 live');
  });

  it('of a held class says by whom, and how many the registry shows', () => {
    assert.equal(countText('Turbine', refusedHeld), '1 held by turbinectl (pid 587) · 1 in registry');
  });

  it('of a leaked one has no place in the registry', () => {
    assert.equal(countText('Rotor', refusedLeaked), '2 leaked');
  });

  it('says how many came since the load, not how many went', () => {
    assert.equal(countText('Rotor', withRotors(3, { atLoad })), '3 live (+2)');
    assert.equal(countText('Rotor', withRotors(0, { atLoad })), '0 live');
  });

  it('says so of what is leaked, too', () => {
    const leaked = withRotors(4, { atLoad, refused: true, diagnoses: [verdict({ instances: 4 })] });
    assert.equal(countText('Rotor', leaked), '4 leaked (+3)');
  });

  it('says nothing of it where Kext Dev has not loaded what runs', () => {
    const after = withRotors(3);
    assert.equal(countText('Rotor', after), '3 live');
    assert.doesNotMatch(countHover('Rotor', after, seen(view(), after)) ?? '', /since load/);
  });

  it('remembers what each load left that the window saw', () => {
    const again = withRotors(5, {
      snapshot: { ...running, kexts: [{ ...loaded, index: 161 }], classCounts: counts({ Turbine: 1, Rotor: 5 }) },
    });
    assert.match(countHover('Rotor', again, seen(view(), refusedLeaked, again)) ?? '', / · last reloads 2$/m);
  });

  it('goes on where the clock was set, and starts anew after a restart', () => {
    const booted = (rotors: number, bootTime: number) =>
      withRotors(rotors, {
        snapshot: {
          ...running,
          system: { ...running.system, bootSession: undefined, bootTime },
          classCounts: counts({ Turbine: 1, Rotor: rotors }),
        },
      });
    const before = booted(1, 1_700_000_000);
    const corrected = booted(3, 1_700_000_001);
    assert.doesNotMatch(countHover('Rotor', corrected, seen(before, corrected)) ?? '', /last reloads/);
    const restarted = booted(3, 1_700_000_900);
    assert.match(countHover('Rotor', restarted, seen(before, restarted)) ?? '', / · last reloads 0$/m);
  });

  it('goes on where another kext, or another target, was shown meanwhile', () => {
    const other = kext('org.sample.driver.Pump', { index: 161 });
    const onPump = view({
      own: { ...own, key: '/q/Info.plist', bundleIdentifier: other.bundleIdentifier, classes: [], declarations: [] },
      snapshot: { ...running, kexts: [loaded, other] },
    });
    const onMac = view({ snapshot: { ...running, target: 'ssh:test-mac', kexts: [{ ...loaded, index: 9 }] } });
    const after = withRotors(3);
    const history = seen(view(), after, onPump, view({ own: undefined }), onMac, after);
    assert.doesNotMatch(countHover('Rotor', after, history) ?? '', /last reloads/);
  });

  it('is nothing while the target is away: what was seen last may be wrong', () => {
    assert.equal(countText('Rotor', view({ past: true })), undefined);
  });

  it('grows in the tree, too', () => {
    const [, own] = treeRows(withRotors(3, { atLoad }));
    assert.equal(
      own?.children?.find(({ className }) => className === 'Rotor')?.description,
      '3 live (+2 since last load)',
    );
    assert.equal(own?.children?.find(({ className }) => className === 'Turbine')?.description, '1 live');
  });

  it('tells in a hover where the instances are, and the verdict with its next step', () => {
    const text = countHover('Turbine', { ...refusedHeld, atLoad }, noHistory) ?? '';
    assert.match(text, /^\*\*Turbine\*\*: 1 instance on the Simulated Mac, \d\d:\d\d:\d\d\n/);
    assert.match(text, /^own 1 · in subclasses 0 · in the registry 1 \(1 terminated\) · since load 0$/m);
    assert.match(text, /\nTurbine is held\.\n/);
    const beside = countHover('Turbine', refusedHeld, noHistory, true) ?? '';
    assert.ok(beside.endsWith('\n\nTurbine is held by turbinectl (pid 587)'), beside);
  });

  it('tells a name in a verdict as a name, whatever Markdown would make of it', () => {
    const message = 'Turbine is held by [x](command:y) <b>.';
    const named = view({ ...refusedHeld, diagnoses: [verdict({ message })] });
    const text = countHover('Rotor', named, seen(named)) ?? '';
    assert.match(text, /\nTurbine is held by \\\[x\\\]\(command:y\) \\<b\\>\.\n/);
  });
});

describe('A file of another kext of the window', () => {
  const both = view({
    others: [pump],
    snapshot: {
      ...running,
      kexts: [...running.kexts, kext(pump.own.bundleIdentifier, { index: 162 })],
      classCounts: counts({ Turbine: 1, Rotor: 1, Pump: 1, Impeller: 3 }),
    },
  });
  const [, impeller] = pump.own.declarations;
  const file = impeller?.declaration.file ?? '';
  const beside = (shown: KextView) =>
    countsInFile({ file, text: 'class Impeller : public OSObject {};\n' }, shown).map(({ name, text }) => [name, text]);

  it('has its counts too, whichever is shown', () => {
    assert.deepEqual(beside(both), [['Impeller', '3 leaked (+2)']]);
    assert.deepEqual(beside({ ...both, others: [] }), []);
  });

  it('has them once, where several kexts read it: a kernel has a class once', () => {
    assert.deepEqual(beside({ ...both, others: [pump, pump] }), [['Impeller', '3 leaked (+2)']]);
  });

  it('has none of a kext that is not loaded', () => {
    assert.deepEqual(beside({ ...both, snapshot: running }), []);
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

  it('marks those of the window’s other kexts, whichever is shown', () => {
    assert.deepEqual(
      [...leakedFiles(view({ others: [pump] }))],
      [['/q/Impeller.hpp', { badge: 'L', tooltip: '3 leaked instances of Impeller' }]],
    );
  });
});
