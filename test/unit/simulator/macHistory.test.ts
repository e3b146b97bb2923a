import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { MacHistory } from '../../../src/simulator/macHistory.ts';
import { SimulatedDisk } from '../../../src/simulator/simulatedDisk.ts';

const noon = 1_800_000_000;

describe('The start of a Simulated Mac', () => {
  for (const [name, clock, times] of [
    ['is when it was', [noon, noon + 3600], [noon, noon + 3600]],
    ['is never that of the one before, however soon it comes', [noon, noon, noon], [noon, noon + 1, noon + 2]],
    ['is after the one before, also where the clock was set back', [noon, noon - 86_400], [noon, noon + 1]],
  ] as const)
    it(name, async t => {
      const folder = mkdtempSync(join(tmpdir(), 'kext-dev-history-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const history = new MacHistory(join(folder, 'journal.jsonl'), new SimulatedDisk(join(folder, 'disk')), {});
      const [first = 0, ...later] = clock;
      t.mock.timers.enable({ apis: ['Date'], now: first * 1000 });
      const started = [(await history.boot()).time];
      for (const seconds of later) {
        t.mock.timers.setTime(seconds * 1000);
        await history.restarted();
        started.push((await history.boot()).time);
      }
      assert.deepEqual(started, times);
    });
});
