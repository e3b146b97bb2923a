import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JournalEvent } from '../../../src/simulator/journalEvent.ts';
import { pluggedDevices, quitOfCutUse, runningProcesses } from '../../../src/simulator/whatIsThere.ts';

const open = (process: string, pid: number, connection = pid): JournalEvent => {
  return { event: 'open', process, pid, service: 'Turbine', type: 0, connection };
};

describe('What is there by what happened', () => {
  it('processes: those that were started and not quit, each once however often it opened a driver', () => {
    const events = [open('rotord', 401), open('turbinectl', 402), open('rotord', 401, 7)];
    assert.deepEqual(runningProcesses([...events, { event: 'quit', pid: 402 }]), [{ name: 'rotord', pid: 401 }]);
    assert.deepEqual(runningProcesses([]), []);
  });

  it('a use whose end the journal lost: its process is to quit, once, and no other', () => {
    const use: readonly JournalEvent[] = [
      { event: 'open', process: 'rotord', pid: 401, service: 'Turbine', type: 0, connection: 1, following: 3 },
      { event: 'call', connection: 1, selector: 0, scalars: [], scalarOutputs: 0 },
      { event: 'close', connection: 1 },
      { event: 'quit', pid: 401 },
    ];
    const quit = { event: 'quit', pid: 401 };
    for (const length of [1, 2, 3]) assert.deepEqual(quitOfCutUse(use.slice(0, length)), quit);
    assert.equal(quitOfCutUse(use), undefined);
    assert.equal(quitOfCutUse([...use.slice(0, 1), { event: 'quit', pid: 401 }]), undefined);
    assert.equal(quitOfCutUse([open('rotord', 401)]), undefined, 'one that says nothing of what follows');
    assert.equal(quitOfCutUse([]), undefined);
  });

  it('devices: those that were plugged in and not unplugged', () => {
    const plug = (name: string): JournalEvent => ({ event: 'plug', name });
    const unplug = (name: string): JournalEvent => ({ event: 'unplug', name });
    assert.deepEqual(pluggedDevices([plug('fan'), plug('belt'), unplug('fan')]), ['belt']);
    assert.deepEqual(pluggedDevices([plug('fan'), unplug('fan'), plug('fan')]), ['fan']);
  });
});
