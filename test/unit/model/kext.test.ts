import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dependents, isApple } from '../../../src/model/kext.ts';
import { everyEntry } from '../../../src/model/registryEntry.ts';
import { loadedKext } from '../../../src/model/snapshot.ts';
import { entry, kext, snapshot } from '../diagnosis/snapshots.ts';

describe('A loaded kext', () => {
  it('is Apple’s by its identifier, in any case of letters, and the kernel itself is', () => {
    for (const id of ['com.apple', 'com.apple.kpi.bsd', 'COM.Apple.Driver', '__kernel__']) assert.ok(isApple(id), id);
    for (const id of ['com.applesauce.driver', 'org.com.apple.x', 'com.example', '']) assert.ok(!isApple(id), id);
  });

  it('has the dependents that name its index', () => {
    const [own, other, third] = [
      kext('a', { index: 7 }),
      kext('b', { index: 8, linkedAgainst: [7, 1] }),
      kext('c', { index: 9, linkedAgainst: undefined }),
    ];
    assert.deepEqual(dependents(own, [own, other, third]), [other]);
    assert.deepEqual(dependents(kext('d', { index: undefined }), [other]), []);
  });

  it('is found by its whole identifier', () => {
    const own = kext('org.sample.a');
    assert.equal(loadedKext(snapshot({ kexts: [kext('org.sample.ab'), own] }), 'org.sample.a'), own);
    assert.equal(loadedKext(snapshot(), 'org.sample.a'), undefined);
  });
});

describe('The objects of the I/O Registry', () => {
  it('come parents first, one with two parents once, and those without an id each time', () => {
    const shared = entry('Shared', { id: 3n });
    const nameless = entry('Nameless');
    const roots = [
      entry('Root', {
        id: 1n,
        children: [
          entry('Left', { id: 2n, children: [shared, nameless] }),
          entry('Right', { id: 4n, children: [shared] }),
        ],
      }),
      nameless,
    ];
    assert.deepEqual(
      [...everyEntry(roots)].map(({ className }) => className),
      ['Root', 'Left', 'Shared', 'Nameless', 'Right', 'Nameless'],
    );
  });

  it('come however deep they stand', () => {
    let root = entry('Deepest');
    for (let level = 0; level < 100_000; level++) root = entry('Level', { children: [root] });
    const entries = [...everyEntry([root])];
    assert.deepEqual([entries.length, entries.at(-1)?.className], [100_001, 'Deepest']);
  });
});
