import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import type { AskBeforeUnload, UnloadChoice, UnloadQuestion } from '../../src/operations/confirmUnload.ts';
import { planReload } from '../../src/operations/planReload.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { unloadKext } from '../../src/operations/unload.ts';
import { planText } from '../../src/report/planText.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { CountingRunner } from '../support/countingRunner.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { kextDev, placeOf } from '../support/terminal.ts';

const { signal } = new AbortController();
const files = await readDemo();
const { bundleIdentifier, staying: holder } = demoNames(files);

before(() => Promise.all([prepareKernel(), buildWhenStale()]));

/** Reloads with somebody who gives that answer; and what was asked. */
async function withAnswer(bench: SimulatedBench, choice: UnloadChoice, work = reloadKext) {
  const asked: UnloadQuestion[] = [];
  const askBeforeUnload: AskBeforeUnload = async question => {
    asked.push(question);
    return choice;
  };
  const result = await work({ ...(await bench.operation()), askBeforeUnload }, signal);
  return { result, asked };
}

const isLoaded = async (bench: SimulatedBench) => loadedKext(await bench.snapshot(), bundleIdentifier) !== undefined;

describe('A reload is planned before anything runs', () => {
  it('the plan has the steps, and what is in the way; it builds and changes nothing', async () => {
    const host = new CountingRunner(new ProcessRunner());
    const planned = async (bench: SimulatedBench) => {
      const fresh = await planReload(await bench.operation(), signal);
      assert.deepEqual(
        fresh.steps.map(({ name }) => name),
        ['building', 'installing', 'loading', 'verifying'],
      );
      assert.ok(!host.takeNames().includes('make'));
      await bench.reload();
      await bench.exercise(holder);
      const journal = bench.log.length;
      assert.ok(host.takeNames().includes('make'), 'the reload builds');
      const plan = await planReload(await bench.operation(), signal);
      assert.deepEqual(
        plan.steps.map(({ name, asRoot }) => `${name}${asRoot ? ' as root' : ''}`),
        ['building', 'unloading as root', 'installing as root', 'loading as root', 'verifying'],
      );
      assert.match(
        planText(plan),
        new RegExp(`In the way of the unload:\\n  ${holder} \\(pid \\d+\\) has it open: quit it first\\.`),
      );
      assert.ok(!host.takeNames().includes('make'));
      assert.ok(bench.log.slice(journal).every(text => !/\$ sudo /.test(text)));
      assert.ok(await isLoaded(bench));
    };
    await withBench(files, planned, { host });
  });

  it('the terminal prints it, as text and as JSON', async () => {
    await withBench(files, async bench => {
      const { status, stdout } = await kextDev(['reload', '--plan', ...placeOf(bench)]);
      assert.equal(status, 0);
      assert.match(stdout, new RegExp(`^Reload ${bundleIdentifier} on Simulated Mac, macOS 10\\.15\\.7\\n`));
      const json = JSON.parse((await kextDev(['reload', '--plan', '--json', ...placeOf(bench)])).stdout);
      assert.equal(json.schema, 1);
      assert.equal(json.plan.steps[0].name, 'building');
      assert.deepEqual((await kextDev(['status', ...placeOf(bench)])).status, 0);
    });
  });

  it('where kexts come from a collection it says that a restart will be needed, and that unload is the leak check', async () => {
    await withBench(
      files,
      async bench => {
        const { steps, notes } = await planReload(await bench.operation(), signal);
        assert.deepEqual(
          steps.map(({ name }) => name),
          ['building', 'installing', 'loading', 'approval', 'restart', 'verifying'],
        );
        assert.match(notes[0] ?? '', /^macOS 13 runs the new code only after a restart; .*\.$/);
        await bench.reload();
        await bench.approve();
        await bench.restart();
        await bench.finishReload();
        const loaded = await planReload(await bench.operation(), signal);
        assert.match(loaded.notes[0] ?? '', /Unload Kext is there as the leak check\.$/);
      },
      { scenario: 'macos-13' },
    );
  });
});

describe('Before an unload that is likely to be refused somebody is asked', () => {
  it('not where nothing is in the way', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      const { result, asked } = await withAnswer(bench, 'cancel');
      assert.deepEqual([result.outcome, asked.length], ['loaded', 0]);
    });
  });

  it('and a cancel leaves everything as it was: nothing was terminated', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      await bench.exercise(holder);
      for (const work of [reloadKext, unloadKext]) {
        const { result, asked } = await withAnswer(bench, 'cancel', work);
        assert.equal(result.outcome, 'cancelled');
        assert.deepEqual(
          asked[0]?.obstacles.map(({ kind }) => kind),
          ['openClient'],
        );
        assert.equal(asked[0]?.canQuit, true);
      }
      assert.ok((await bench.snapshot()).objects.every(({ active }) => active));
      assert.equal(await (await bench.operation()).records.read(), undefined);
    });
  });

  it('Quit and Unload: the process goes first, and nothing is held', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      await bench.exercise(holder);
      const { result } = await withAnswer(bench, 'quit', unloadKext);
      // The process has worked with the driver before: what that leaks is another matter.
      const verdicts = result.diagnoses.flatMap(({ verdict }) => (verdict === undefined ? [] : [verdict]));
      assert.deepEqual(verdicts, ['leaked']);
    });
  });

  it('Unload Anyway: the refusal says who holds it', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      await bench.exercise(holder);
      const { result } = await withAnswer(bench, 'unload', unloadKext);
      assert.equal(result.outcome, 'refused');
      assert.ok(result.diagnoses.some(({ verdict }) => verdict === 'held'));
    });
  });
});
