import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Stop } from '../../../src/targets/stop.ts';

describe('The time of a process', () => {
  it('does not count while somebody is asked, and begins anew, also where that failed', async () => {
    for (const fails of [false, true]) {
      const stop = new Stop();
      stop.after(20);
      const asking = stop.paused(async () => {
        await sleep(60);
        assert.equal(stop.timedOut, false);
        if (fails) throw new Error('setRawMode EIO');
      });
      await asking.catch(error => assert.match(String(error), /setRawMode EIO/));
      await sleep(60);
      assert.deepEqual([stop.timedOut, stop.signal.aborted], [true, true]);
    }
  });

  it('that is over before the question was answered stays over', async () => {
    const stop = new Stop();
    stop.after(20);
    await stop.paused(async () => stop.rest());
    await sleep(60);
    assert.equal(stop.timedOut, false);
  });
});
