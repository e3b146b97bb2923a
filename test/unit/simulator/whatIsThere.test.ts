import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JournalEvent } from '../../../src/simulator/journalEvent.ts';
import { pluggedDevices, runningProcesses } from '../../../src/simulator/whatIsThere.ts';

const open = (process: string, pid: number, connection = pid): JournalEvent => {
  return { event: 'open', process, pid, service: 'Turbine', type: 0, connection };
};

describe('What is there by what happened', () => {
  it('processes: those that were started and not quit, each once however often it opened a driver', () => {
    const events = [open('rotord', 401), open('turbinectl', 402), open('rotord', 401, 7)];
    assert.deepEqual(runningProcesses([...events, { event: 'quit', pid: 402 }]), [{ name: 'rotord', pid: 401 }]);
    assert.deepEqual(runningProcesses([]), []);
  });

  it('devices: those that were plugged in and not unplugged', () => {
    const plug = (name: string): JournalEvent => ({ event: 'plug', name });
    const unplug = (name: string): JournalEvent => ({ event: 'unplug', name });
    assert.deepEqual(pluggedDevices([plug('fan'), plug('belt'), unplug('fan')]), ['belt']);
    assert.deepEqual(pluggedDevices([plug('fan'), unplug('fan'), plug('fan')]), ['fan']);
  });
});
