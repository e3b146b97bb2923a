import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SharedLook } from '../../../src/ui/sharedLook.ts';

/** Looks that end when they are let, and how each was asked for. */
function looks() {
  const asked: boolean[] = [];
  const ends: (() => void)[] = [];
  const shared = new SharedLook(isAsked => {
    asked.push(isAsked);
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
    const all = [shared.run(false), shared.run(false), shared.run(false)];
    assert.deepEqual([asked, shared.isRunning], [[false], true]);
    await end();
    assert.deepEqual(asked, [false, false]);
    await end();
    await Promise.all(all);
    assert.deepEqual([asked.length, shared.isRunning], [2, false]);
  });

  it('are asked for where one of those who share it asks, and the one after it is not', async () => {
    const { asked, end, shared } = looks();
    const all = [shared.run(false), shared.run(true), shared.run(false)];
    await end();
    await end();
    all.push(shared.run(false));
    await end();
    await Promise.all(all);
    assert.deepEqual(asked, [false, true, false]);
  });

  it('go on after one that failed, whose failure is its callers’ alone', async () => {
    let number = 0;
    const shared = new SharedLook(async () => {
      number += 1;
      if (number === 1) throw new Error('away');
    });
    const first = shared.run(true);
    const second = shared.run(true);
    await assert.rejects(first, /away/);
    await second;
    assert.equal(number, 2);
  });
});
