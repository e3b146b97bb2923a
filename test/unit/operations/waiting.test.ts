import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { readSnapshot } from '../../../src/operations/kernel/snapshot.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { readStanding } from '../../../src/operations/record/readStanding.ts';
import { finishReload, reloadKext } from '../../../src/operations/reload.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { memoryRecords, sampleOperation, sampleProject, turbine } from './fakeTarget.ts';
import { buildSample, built, mortalTarget, older } from './mortalTarget.ts';

const { signal } = new AbortController();
const ventura = { stdout: 'ProductName:\t\tmacOS\nProductVersion:\t\t13.5\nBuildVersion:\t\t22G91\n' };
const asked = 'Executing: /usr/bin/kmutil load -p /Library/Extensions/Turbine.kext\n';
const error = (code: number, text: string): Partial<ToolOutput> => ({
  exitCode: code,
  stderr: `${asked}Error Domain=KMErrorDomain Code=${code} "${text}" UserInfo={NSLocalizedDescription=${text}}\n`,
});
const notApproved = error(
  27,
  `Extension with identifiers ${turbine} not approved to load. Please approve using System Settings.`,
);
const needsRestart = error(28, `Loading extension(s): ${turbine} requires a reboot`);

describe('A build that waits on a Mac of its own', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
    await buildSample(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function waits(kextload: Partial<ToolOutput>) {
    const mac = mortalTarget(undefined, { sw_vers: [ventura], kextload: [kextload] });
    const records = memoryRecords();
    const operation = await sampleOperation(folder, mac, records);
    const { outcome } = await reloadKext(operation, signal);
    const loads = () => mac.lines.filter(line => line.includes('kextload')).length;
    return { mac, records, operation, outcome, loads };
  }

  async function standing({ target, ...operation }: Operation) {
    const snapshot = await readSnapshot(target, [], signal);
    return (await readStanding({ ...operation, target }, snapshot, signal)).waiting;
  }

  it('for its approval is told so, and so it is after a look of another window', async () => {
    const { operation, outcome } = await waits(notApproved);
    assert.deepEqual([outcome, await standing(operation)], ['waitingForApproval', 'approval']);
  });

  it('is proved by its UUID once the Mac has restarted with it: nothing is unloaded, copied or loaded', async () => {
    const { mac, records, operation, outcome, loads } = await waits(needsRestart);
    assert.deepEqual([outcome, await standing(operation)], ['waitingForRestart', 'restart']);
    mac.restart();
    mac.loaded.set(turbine, built);
    assert.equal(await standing(operation), 'finish');
    const { outcome: finished, phases } = await finishReload(operation, signal);
    assert.deepEqual([finished, phases.map(({ name }) => name), loads()], ['loaded', ['verifying'], 1]);
    assert.deepEqual([records.current, records.journal.current], [undefined, undefined]);
  });

  it('goes on by loading where the Mac has restarted without it, and waits on where it still must', async () => {
    const { mac, operation, loads } = await waits(notApproved);
    mac.restart();
    mac.loaded.set(turbine, older);
    const { outcome, phases } = await finishReload(operation, signal);
    assert.equal(outcome, 'waitingForApproval');
    assert.deepEqual([phases.map(({ name }) => name), loads()], [['installing', 'loading'], 2]);
    assert.equal(await standing(operation), 'approval');
  });

  it('and whose Mac goes down while it is proved is proved once that is back', async () => {
    const { mac, operation } = await waits(needsRestart);
    mac.restart();
    mac.loaded.set(turbine, built);
    const runTogether = mac.runner.runTogether.bind(mac.runner);
    let looks = 0;
    mac.runner.runTogether = async (...given) => {
      if (given[0].some(({ tool }) => tool === 'kmutil') && ++looks === 2) mac.die({ backAfterMs: 3000 });
      return runTogether(...given);
    };
    assert.equal((await finishReload(operation, signal)).outcome, 'loaded');
    assert.deepEqual(mac.pauses, [1000, 2000]);
  });
});
