import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Look, SharedLook } from '../../../../src/ui/session/sharedLook.ts';

/** Looks that end when they are let, and how far each went. */
function looks() {
  const asked: Look[] = [];
  const ends: (() => void)[] = [];
  const shared = new SharedLook(look => {
    asked.push(look);
    return new Promise(resolve => ends.push(resolve));
  });
  const end = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { asked, end, shared };
}

describe('Looks that are shared', () => {
  it('run one at a time, and calls that come meanwhile share one more', async () => {
    const { asked, end, shared } = looks();
    const all = [shared.run('followed'), shared.run('followed'), shared.run('followed')];
    assert.deepEqual([asked, shared.isRunning], [['followed'], true]);
    await end();
    assert.deepEqual(asked, ['followed', 'followed']);
    await end();
    await Promise.all(all);
    assert.deepEqual([asked.length, shared.isRunning], [2, false]);
  });

  it('go as far as the one of those who share it that wants most, and the one after it does not', async () => {
    const { asked, end, shared } = looks();
    const all = [shared.run('followed'), shared.run('asked'), shared.run('followed')];
    await end();
    await end();
    all.push(shared.run('followed'));
    await end();
    await Promise.all(all);
    assert.deepEqual(asked, ['followed', 'asked', 'followed']);
  });

  it('at the target alone share with whoever wants more', async () => {
    const { asked, end, shared } = looks();
    const all = [shared.run('target'), shared.run('target'), shared.run('followed'), shared.run('target')];
    await end();
    await end();
    all.push(shared.run('target'));
    await end();
    await Promise.all(all);
    assert.deepEqual(asked, ['target', 'followed', 'target']);
  });

  it('go on after one that failed, whose failure is its callers’ alone', async () => {
    let number = 0;
    const shared = new SharedLook(async () => {
      number += 1;
      if (number === 1) throw new Error('away');
    });
    const first = shared.run('asked');
    const second = shared.run('asked');
    await assert.rejects(first, /away/);
    await second;
    assert.equal(number, 2);
  });
});
