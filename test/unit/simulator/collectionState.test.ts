import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collectionState, isSame, loadOf } from '../../../src/simulator/collectionState.ts';
import type { CollectedKext, JournalEvent, KextIdentity } from '../../../src/simulator/journalEvent.ts';
import { kernelEvents } from '../../../src/simulator/kernelEvents.ts';
import type { Scenario } from '../../../src/simulator/systems/simulatedSystem.ts';
import { TwinStore } from '../../../src/simulator/twinStore.ts';

const first: KextIdentity = { identifier: 'org.a', contents: 'one' };
const changed: KextIdentity = { identifier: 'org.a', contents: 'two' };

function collected(identity: KextIdentity, personalities: CollectedKext['personalities'] = {}): CollectedKext {
  const code = { version: '1', uuid: 'U', size: 1, dependencies: [], classes: [] };
  return { ...identity, ...code, personalities, path: '/Library/Extensions/A.kext' };
}

const boot = (told: Partial<JournalEvent> = {}): JournalEvent => ({ event: 'boot', time: 1, ...told }) as JournalEvent;
const asked = (...kexts: KextIdentity[]): JournalEvent => ({ event: 'askApproval', kexts });
const approved = (...kexts: KextIdentity[]): JournalEvent => ({ event: 'approve', kexts });
const built = (...kexts: CollectedKext[]): JournalEvent => ({ event: 'collect', kexts });

describe('How the kexts of a collection stand', () => {
  it('nothing waits on a Mac that was just started, and what it was started with is what the next start brings', () => {
    const collection = [collected(first)];
    assert.deepEqual(collectionState([boot({ collection, approved: [first] } as Partial<JournalEvent>)]), {
      approved: [first],
      waiting: [],
      built: collection,
      booted: collection,
    });
  });

  it('who asks twice waits once, and an approval ends the waiting of those it names', () => {
    const state = collectionState([boot(), asked(first), asked(first), asked(changed), approved(first)]);
    assert.deepEqual([state.waiting, state.approved], [[changed], [first]]);
  });

  it('a collection that was built changes what the next start brings, and not what was started', () => {
    const { built: next, booted } = collectionState([boot(), asked(first), approved(first), built(collected(first))]);
    assert.deepEqual([next, booted], [[collected(first)], []]);
  });

  it('a bundle that was changed is another one', () => {
    assert.deepEqual([isSame(first, { ...first }), isSame(first, changed)], [true, false]);
  });
});

describe('The loads of a start', () => {
  const driver = collected(first, { Turbine: { IOClass: 'Turbine' } });
  const library = collected({ identifier: 'org.library', contents: 'x' });
  const loadsOn = (system: Scenario) =>
    kernelEvents([boot({ system, collection: [driver, library] } as Partial<JournalEvent>)], new TwinStore('/twins'))
      .slice(1)
      .map(event => event as { readonly identifier: string; readonly unloadUnsupported?: boolean });

  it('are of the kexts that have something to drive, without what only the collection needs to know', () => {
    const [load, ...more] = loadsOn('macos-13');
    assert.deepEqual(more, []);
    assert.deepEqual(load, { ...loadOf(driver), classes: [] });
    assert.ok(!('path' in (load ?? {})) && !('contents' in (load ?? {})));
  });

  it('say that a kext cannot be unloaded where that is so, and nothing else does', () => {
    const marks = (['macos-10.15', 'macos-13', 'macos-13-kept', 'macos-13-fixed'] as const).map(
      system => loadsOn(system)[0]?.unloadUnsupported,
    );
    assert.deepEqual(marks, [undefined, undefined, undefined, true]);
  });
});
