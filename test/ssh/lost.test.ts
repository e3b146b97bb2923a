import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readSnapshot } from '../../src/operations/kernel/snapshot.ts';
import type { Operation, OperationResult } from '../../src/operations/operation.ts';
import { readStanding } from '../../src/operations/record/readStanding.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { unloadKext } from '../../src/operations/unload.ts';
import { isRunning } from '../support/isRunning.ts';
import { until } from '../support/until.ts';
import { sampleProject, turbine } from '../unit/operations/fakeTarget.ts';
import { buildSample, older } from '../unit/operations/mortalTarget.ts';
import { panicIn } from '../unit/operations/panicReports.ts';
import { type FarMac, openFarMac, operationOn, targetOf } from './farMac.ts';

const { signal } = new AbortController();
const report = ['Kernel_2020-11-24-160624_mini.panic', panicIn('stop', '__ZN7Turbine4stopEP9IOService')] as const;

describe('A Mac that is lost in the middle of an operation over SSH', { timeout: 180_000 }, () => {
  let mac: FarMac;
  let folder: string;
  beforeEach(async () => {
    mac = await openFarMac();
    folder = await sampleProject();
    await buildSample(folder);
    await mac.installs(join(folder, 'build', 'Turbine.kext'));
  });
  afterEach(async () => {
    await mac.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const hangs = () =>
    until(
      'a tool that hangs',
      async () => Number(await readFile(mac.hanging, 'utf8').catch(() => '')),
      pid => pid > 0,
    );

  /** Runs an operation whose Mac is cut off once a tool hangs; at the second pause of the wait `comesBack` brings it back. */
  async function cutOff(
    run: (operation: Operation, signal: AbortSignal) => Promise<OperationResult>,
    comesBack: ((pause: number) => Promise<unknown>) | undefined,
    stop = new AbortController(),
  ) {
    const pauses: number[] = [];
    const { promise: isDown, resolve: down } = Promise.withResolvers<void>();
    const target = targetOf(mac.state, async ms => {
      pauses.push(ms);
      await isDown;
      await comesBack?.(pauses.length);
    });
    const told: string[] = [];
    const operation = await operationOn(folder, target, mac.state);
    const progress: Operation['progress'] = (...[phase, plan]) => told.push(`${phase}: ${plan}`);
    const running = run({ ...operation, progress }, stop.signal);
    await hangs();
    await mac.server.kill();
    down();
    const result = await running;
    return { ...result, causes: result.diagnoses.map(({ cause }) => cause), pauses, told, operation };
  }

  const at =
    (pause: number, ...steps: readonly (() => Promise<unknown>)[]) =>
    async (now: number) => {
      if (now === pause) for (const step of steps) await step();
    };
  const starts = () => mac.server.start();

  async function standing(operation: Operation) {
    const { target, project } = operation;
    return readStanding(operation, await readSnapshot(target, project.classes, signal), signal);
  }

  it('whose connection was cut at the load: the list proves that the build runs', async () => {
    await mac.hangsIn('kextload', 'after');
    const { outcome, causes, pauses, told } = await cutOff(reloadKext, at(2, starts));
    assert.deepEqual([outcome, causes, pauses], ['loaded', [], [1000, 2000]]);
    assert.ok(told.some(line => line.startsWith('waiting: mini to answer again, ')));
    assert.equal(await mac.calls('kextload'), 1);
  });

  it('whose connection was cut before the load did anything: the kext is told to be not loaded', async () => {
    await mac.hangsIn('kextload', 'before');
    const { outcome, diagnoses, operation } = await cutOff(reloadKext, at(2, starts));
    assert.equal(outcome, 'failed');
    assert.match(
      diagnoses[0]?.message ?? '',
      /^The connection to mini broke while loading\. It is up, .* is not loaded\.$/,
    );
    assert.equal(await mac.calls('kextload'), 1);
    assert.deepEqual((await standing(operation)).diagnoses, []);
  });

  it('whose clock is set while it is away has not restarted: the list proves that the build runs', async () => {
    for (const seconds of [3600, -40_000_000]) {
      await mac.load(undefined);
      await mac.hangsIn('kextload', 'after');
      const { outcome, causes, operation } = await cutOff(
        reloadKext,
        at(2, () => mac.setsClock(seconds), starts),
      );
      assert.deepEqual([outcome, causes], ['loaded', []]);
      assert.deepEqual((await standing(operation)).diagnoses, []);
      await rm(mac.hanging);
    }
  });

  it('that has restarted, and whose clock gives it the same start as before, has restarted all the same', async () => {
    await mac.hangsIn('kextload', 'after');
    const { outcome, causes } = await cutOff(
      reloadKext,
      at(2, mac.restart, () => mac.setsClock(-5000), starts),
    );
    assert.deepEqual([outcome, causes], ['failed', ['restarted']]);
  });

  it('that restarts without a panic: told as such, and the next reload asks', async () => {
    await mac.hangsIn('kextload', 'after');
    const { outcome, causes, operation } = await cutOff(reloadKext, at(2, mac.restart, starts));
    assert.deepEqual([outcome, causes], ['failed', ['restarted']]);
    await assert.rejects(reloadKext(operation, signal), { name: 'AfterPanic' });
    assert.equal(await mac.calls('kextload'), 1);
    assert.equal((await reloadKext({ ...operation, afterPanic: true }, signal)).outcome, 'loaded');
    assert.deepEqual((await standing(operation)).diagnoses, []);
  });

  it('that panics in the middle of an unload: the report is fetched, kept, and told', async () => {
    await mac.load(older);
    await mac.hangsIn('kextunload', 'before');
    const back = at(3, mac.restart, () => mac.panics(...report), starts);
    const { outcome, causes, diagnoses, panicReport = '', operation } = await cutOff(unloadKext, back);
    assert.deepEqual([outcome, causes], ['failed', ['panicked']]);
    assert.match(diagnoses[0]?.message ?? '', /^mini panicked: Turbine: stop ran away, in the code of /);
    assert.equal(await readFile(panicReport, 'utf8'), report[1]);
    assert.ok(panicReport.startsWith(mac.state));
    assert.equal(await mac.calls('kextunload'), 1);
    const later = await operationOn(folder, operation.target, mac.state);
    assert.deepEqual((await standing(later)).diagnoses, diagnoses);
  });

  it('that never comes back: given up after ten minutes of its time; once it answers the next look tells where it stopped', async () => {
    await mac.hangsIn('kextload', 'after');
    const { outcome, diagnoses, pauses, operation } = await cutOff(reloadKext, undefined);
    assert.equal(outcome, 'failed');
    assert.match(diagnoses[0]?.message ?? '', /^mini has not come back in 10 minutes: /);
    assert.deepEqual(pauses.slice(0, 7), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    await mac.server.start();
    const [told] = (await standing(operation)).diagnoses;
    assert.match(told?.message ?? '', /stopped while loading, .*at \d\d:\d\d: mini was lost\.$/);
    assert.deepEqual(told?.evidence, [{ text: `${turbine} is loaded on mini` }]);
  });

  it('whose wait is cancelled: it ends at once, and the next look tells what happened', async () => {
    const stop = new AbortController();
    await mac.hangsIn('kextload', 'after');
    const { outcome, pauses, operation } = await cutOff(
      reloadKext,
      at(3, async () => stop.abort()),
      stop,
    );
    assert.deepEqual([outcome, pauses.length], ['cancelled', 3]);
    await mac.restart();
    await mac.panics(...report);
    await mac.server.start();
    assert.deepEqual(
      (await standing(operation)).diagnoses.map(({ cause }) => cause),
      ['panicked'],
    );
  });

  describe('by a process that is killed', () => {
    let child: ChildProcess;
    beforeEach(async () => {
      await mac.hangsIn('kextload', 'before');
      const probe = join(import.meta.dirname, 'reloadProbe.ts');
      child = spawn(process.execPath, [probe, folder, mac.state], { stdio: ['ignore', 'ignore', 'inherit'] });
    });

    const next = () =>
      operationOn(
        folder,
        targetOf(mac.state, async () => undefined),
        mac.state,
      );

    async function killed(): Promise<void> {
      const [pid, ended] = [await hangs(), once(child, 'exit')];
      assert.deepEqual((await standing(await next())).diagnoses, [], 'it works still');
      child.kill('SIGKILL');
      assert.deepEqual(await ended, [null, 'SIGKILL']);
      await until(
        'the end of the far tool',
        () => isRunning(pid),
        running => !running,
      );
    }

    it('the next look tells where it stopped, until an operation has ended', async () => {
      await killed();
      const told = `^Reload ${turbine} stopped while loading, .*at \\d\\d:\\d\\d: its process ${child.pid} is gone\\.$`;
      for (let look = 0; look < 2; look += 1) {
        const { diagnoses } = await standing(await next());
        assert.match(diagnoses[0]?.message ?? '', new RegExp(told));
      }
      assert.equal((await reloadKext(await next(), signal)).outcome, 'loaded');
      const { diagnoses } = await standing(await next());
      assert.deepEqual(diagnoses, []);
    });

    it('and whose Mac panics, too: the next look fetches the report', async () => {
      await killed();
      await mac.restart();
      await mac.panics(...report);
      await mac.server.closeConnections();
      const { diagnoses, panic } = await standing(await next());
      assert.equal(diagnoses[0]?.cause, 'panicked');
      assert.equal(await readFile(panic?.report ?? '', 'utf8'), report[1]);
      await assert.rejects(reloadKext(await next(), signal), { name: 'AfterPanic' });
    });
  });
});
