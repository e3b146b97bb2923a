import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EmptyReason } from '../../../../src/ui/session/emptyReason.ts';
import type { KextView } from '../../../../src/ui/session/kextView.ts';
import { contextOf } from '../../../../src/ui/tree/contextValues.ts';
import { entry } from '../../diagnosis/snapshots.ts';
import { running, states, view } from '../views.ts';

type Before = Parameters<typeof contextOf>[1];

function context(shown: KextView, emptyReason: EmptyReason = 'ready', before: Before = {}) {
  return contextOf({ view: shown, emptyReason, isTargetSelected: false }, before);
}

const ended = (outcome: NonNullable<KextView['last']>['outcome']) => ({ said: 'It ended.', at: new Date(), outcome });

describe('The palette is told', () => {
  it('that an operation can begin where it has a kext and a target, or a question to ask', () => {
    const reasons = ['ready', 'unreachable', 'severalKexts'] as const;
    for (const reason of reasons) assert.equal(context(view(), reason)['kext.operable'], true, reason);
    for (const reason of [
      'noFolder',
      'virtual',
      'noProject',
      'problem',
      'untrusted',
      'noTarget',
      'wrongTarget',
    ] as const)
      assert.equal(context(states['no target'] ?? assert.fail(), reason)['kext.operable'], false, reason);
  });

  it('of one kext among several that none is meant, and that there is something to choose', () => {
    const several = context(states['several kexts, none selected'] ?? assert.fail(), 'severalKexts');
    assert.deepEqual(
      [several['kext.hasProject'], several['kext.hasSeveral'], several['kext.bundle']],
      [true, true, ''],
    );
  });

  it('what there is to do with the kext', () => {
    const loaded = context(view());
    assert.deepEqual(
      [loaded['kext.loaded'], loaded['kext.simulated'], loaded['kext.hasFindings']],
      [true, true, false],
    );
    assert.equal(context(states['not loaded'] ?? assert.fail())['kext.loaded'], false);
    assert.equal(context(states['refused, leaked'] ?? assert.fail())['kext.hasFindings'], true);
    const client = entry('TurbineUserClient', {
      id: 2n,
      properties: new Map([['IOUserClientCreator', 'pid 401, rotorctl']]),
    });
    assert.deepEqual(
      [loaded, context(view({ snapshot: { ...running, objects: [client] } }))].map(each => each['kext.inUse']),
      [false, true],
    );
  });
});

describe('The walkthrough is told', () => {
  it('what the last operation came to, and not that one was asked for', () => {
    assert.equal(context(view())['kext.outcome'], undefined);
    assert.equal(context(view({ last: ended('refused') }))['kext.outcome'], 'refused');
    assert.equal(context(view({ last: ended('used') }))['kext.outcome'], 'used');
  });

  it('that a reload was finished: one that waited, and has loaded its build', () => {
    const waits = context(view({ waiting: 'finish', last: ended('restarted') }));
    assert.equal(waits['kext.finished'], false);
    const done = context(view({ last: ended('loaded') }), 'ready', waits);
    assert.equal(done['kext.finished'], true);
    assert.equal(context(view({ last: ended('unloaded') }), 'ready', done)['kext.finished'], true);
    assert.equal(context(view({ last: ended('failed') }), 'ready', waits)['kext.finished'], false);
    assert.equal(context(view({ last: ended('loaded') }), 'ready', context(view()))['kext.finished'], false);
  });
});
