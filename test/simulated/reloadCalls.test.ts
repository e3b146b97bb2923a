import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { CountingRunner } from '../support/countingRunner.ts';
import { recordCalls } from '../support/recordedCalls.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const { bundleIdentifier } = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${bundleIdentifier}`);
const { signal } = new AbortController();

before(() => prepareKernel());

/** A bench on which the build was loaded and reloaded, so that the kernel's start is known too, and nothing is left to build. */
async function withLoadedBuild(work: (bench: SimulatedBench, host: CountingRunner) => Promise<void>): Promise<void> {
  const host = new CountingRunner(new ProcessRunner());
  const reloaded = async (bench: SimulatedBench) => {
    assert.equal((await bench.reload()).outcome, 'loaded');
    assert.equal((await bench.reload()).outcome, 'loaded');
    host.take();
    await work(bench, host);
  };
  await withBench(files, reloaded, { host });
}

describe('Reload Kext with nothing to build', () => {
  it('starts three processes: make, and the kernel once to unload and once to load', async () => {
    await withLoadedBuild(async (bench, host) => {
      const { outcome, phases } = await bench.reload();
      assert.equal(outcome, 'loaded');
      assert.deepEqual(
        phases.map(({ name }) => name),
        ['building', 'unloading', 'installing', 'loading', 'verifying'],
      );
      assert.deepEqual(host.takeNames(), ['make', 'kernel', 'kernel']);
    });
  });

  it('starts the same processes as a script that makes its calls by itself', async () => {
    await withLoadedBuild(async (bench, host) => {
      const { operation, calls } = recordCalls(await bench.operation());
      assert.equal((await reloadKext(operation, signal)).outcome, 'loaded');
      const started = host.takeNames();
      const reloaded = loadedKext(await bench.snapshot(), bundleIdentifier);
      for (const { again } of calls) await again();
      assert.deepEqual(host.takeNames(), started);
      const byScript = loadedKext(await bench.snapshot(), bundleIdentifier);
      assert.equal(byScript?.uuid, reloaded?.uuid);
      assert.notEqual(byScript?.index, reloaded?.index);
    });
  });

  it('asks each tool for the same at most once before the unload, once after it and once at the end', async () => {
    await withLoadedBuild(async bench => {
      const { operation, calls } = recordCalls(await bench.operation());
      await reloadKext(operation, signal);
      const lines = calls.map(({ line }) => line);
      for (const tool of ['kextstat', 'ioclasscount', 'ioreg -a -i'])
        assert.equal(lines.filter(line => line === tool).length, 3, tool);
    });
  });
});
