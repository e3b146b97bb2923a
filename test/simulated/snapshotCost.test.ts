import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { handedOn } from '../../src/operations/captures/heardOperation.ts';
import { readSnapshot } from '../../src/operations/kernel/snapshot.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { commandLine } from '../../src/tools/port/toolCommand.ts';
import { CountingRunner } from '../support/countingRunner.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { benchOn, prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';

const { signal } = new AbortController();
const files = await readDemo();
const { driver, staying } = demoNames(files);

before(() => prepareKernel());

/** A snapshot as the product takes it: the tools of each round trip, and the processes of this machine. */
async function costOf(bench: SimulatedBench, host: CountingRunner) {
  const { project, target } = await bench.operation();
  const runner = new CountingRunner(target.runner);
  host.take();
  const snapshot = await readSnapshot({ ...handedOn(target), runner }, project.classes, signal);
  const lines = runner.takeTrips().map(trip => trip.map(commandLine));
  return { snapshot, lines, trips: lines.map(trip => trip.map(line => line.split(' ')[0])), started: host.takeNames() };
}

/** What asks for the properties of the project's objects: one tool for each class that has any. */
async function propertiesOfAlive(bench: SimulatedBench, { classCounts }: Snapshot): Promise<readonly string[]> {
  const { project } = await bench.operation();
  const alive = project.classes.filter(name => classCounts.get(name) !== 0);
  return alive.map(name => `ioreg -a -i -r -c ${name}`);
}

const system = ['sw_vers', 'sysctl', 'csrutil'];
const held = ['kextstat', 'ioclasscount', 'ioreg'];

describe('A snapshot of the Simulated Mac', () => {
  it('takes one round trip with nothing loaded, two with instances, three where processes have it open', async () => {
    const host = new CountingRunner(new ProcessRunner());
    const counted = async (bench: SimulatedBench) => {
      const first = await costOf(bench, host);
      assert.deepEqual(first.trips, [system, held]);
      assert.equal(first.started.filter(name => name === 'kernel').length, 1);
      assert.deepEqual((await costOf(bench, host)).trips, [held]);
      await bench.reload();
      const loaded = await costOf(bench, host);
      assert.deepEqual([loaded.trips[0], loaded.trips.length, loaded.started], [held, 2, []]);
      assert.deepEqual(loaded.lines[1], await propertiesOfAlive(bench, loaded.snapshot));
      assert.ok(loaded.lines[1]?.includes(`ioreg -a -i -r -c ${driver}`));
      await bench.exercise(staying);
      const { trips, lines, snapshot, started } = await costOf(bench, host);
      assert.deepEqual([trips[0], trips[2], trips.length, started], [held, ['ps'], 3, []]);
      assert.deepEqual(lines[1], await propertiesOfAlive(bench, snapshot));
    };
    await withBench(files, counted, { host });
  });

  it('asks for the system again after a restart, also by another process, and after a panic', async () => {
    const host = new CountingRunner(new ProcessRunner());
    const counted = async (bench: SimulatedBench) => {
      const bootTimes = new Set<number | undefined>();
      const asksAgain = async () => {
        const { trips, snapshot } = await costOf(bench, host);
        assert.deepEqual(trips, [system, held]);
        bootTimes.add(snapshot.system.bootTime);
        assert.deepEqual((await costOf(bench, host)).trips, [held]);
      };
      await asksAgain();
      await bench.restart();
      await asksAgain();
      await benchOn(bench.project, bench.state).target.switches.restart(signal);
      await asksAgain();
      await bench.target.switches.panic(signal);
      await asksAgain();
      assert.equal(bootTimes.size, 4);
    };
    await withBench(files, counted, { host });
  });

  it('answers several tools from one look: where one is not there the others are', async () => {
    await withBench(files, async ({ target }) => {
      const command = (tool: string) => ({ tool, argv: [], asRoot: false, timeoutMs: 1000, parse: () => undefined });
      const endings = await target.runner.runTogether(
        [command('kextstat'), command('frob'), command('sw_vers')],
        signal,
      );
      assert.deepEqual(
        endings.map(ending => (ending instanceof Error ? ending.message : ending.exitCode)),
        [0, 127, 0],
      );
    });
  });
});
