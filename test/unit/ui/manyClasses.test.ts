import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RegistryEntry } from '../../../src/model/registryEntry.ts';
import { readSnapshot } from '../../../src/operations/kernel/snapshot.ts';
import { countsInFile } from '../../../src/ui/counts/countsInFile.ts';
import { leakedFiles } from '../../../src/ui/counts/leakedFiles.ts';
import { type KextView, nothingKnown } from '../../../src/ui/session/kextView.ts';
import { treeRows } from '../../../src/ui/tree/treeRows.ts';
import { answeringTarget, fullMac } from '../../support/fullMac.ts';
import { manyClasses, manyClassesFile, ownKextOf, sourceOf } from '../../support/manyClasses.ts';
import { verdict } from './views.ts';

const size = { kexts: 300, classes: 3000 };
const classes = manyClasses(500);
const edited = { file: manyClassesFile, text: sourceOf(classes) };
const mac = fullMac(size, classes);
const own = ownKextOf(mac, classes);
const target = answeringTarget(mac);
const snapshot = await readSnapshot(target, [], new AbortController().signal);

/** The same objects, which say each time that somebody looks below one of them. */
function watched(entries: readonly RegistryEntry[], looked: () => void): readonly RegistryEntry[] {
  return entries.map(entry => {
    const children = watched(entry.children, looked);
    return Object.defineProperty({ ...entry }, 'children', {
      get: () => {
        looked();
        return children;
      },
    });
  });
}

function viewOf(told: Partial<KextView> = {}): KextView {
  return { ...nothingKnown, kexts: 1, own, target, snapshot, ...told };
}

describe('A kext with 500 classes on a Mac with 300 kexts and 3,000 classes', () => {
  it('is in what the tools say, whole', () => {
    assert.equal(snapshot.kexts.length, size.kexts);
    assert.equal(snapshot.classCounts.size, size.classes + classes.length);
  });

  it('has a row for each class, and a text beside each declaration: the subclasses in use are not counted', () => {
    const row = treeRows(viewOf()).find(({ kext }) => kext === own.bundleIdentifier);
    const rows = row?.children?.filter(({ className }) => className !== undefined) ?? [];
    assert.equal(rows.length, classes.length);
    const beside = countsInFile(edited, viewOf());
    assert.deepEqual(
      beside.map(({ name, text }) => [name, text]),
      rows.map(({ label, description }) => [label, description]),
    );
    const withSubclass = classes.findIndex(({ name, instances }) =>
      classes.some(each => each.superclass === name && each.instances > 0 && instances > 0),
    );
    assert.equal(beside[withSubclass]?.text, `${(classes[withSubclass]?.instances ?? 0) - 1} live`);
  });

  it('the registry is gone through once, whatever is shown and however often', () => {
    let looks = 0;
    const registry = watched(snapshot.registry, () => {
      looks += 1;
    });
    const view = viewOf({ snapshot: { ...snapshot, registry } });
    treeRows(view);
    const once = looks;
    assert.ok(once > 1000, `${once} objects`);
    for (let edit = 0; edit < 3; edit++) countsInFile(edited, view);
    treeRows({ ...view, diagnoses: own.classes.map(name => verdict({ class: name })) });
    assert.equal(looks, once);
  });

  it('a file all of whose classes are leaked is marked as such', () => {
    const view = viewOf({ diagnoses: own.classes.map(name => verdict({ class: name })) });
    assert.equal(leakedFiles(view).get(manyClassesFile)?.badge, 'L');
    assert.ok(countsInFile(edited, view).every(({ text }) => text.startsWith('1 leaked')));
  });
});
