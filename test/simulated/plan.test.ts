import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import type { PhaseProgress } from '../../src/operations/phases.ts';
import { planReload } from '../../src/operations/planReload.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import type { AskBeforeUnload, UnloadChoice, UnloadQuestion } from '../../src/operations/unload/confirmUnload.ts';
import { unloadKext } from '../../src/operations/unload.ts';
import { planText } from '../../src/report/planText.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { CountingRunner } from '../support/countingRunner.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { kextDev, placeOf } from '../support/terminal.ts';
import { withRunning } from './systemsSubject.ts';

const { signal } = new AbortController();
const files = await readDemo();
const { bundleIdentifier, staying: holder } = demoNames(files);
const [sourceFile = ''] = [...files.keys()].filter(name => name.endsWith('.cpp'));

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
      const elsewhere = await kextDev(['reload', '--plan', '--install-path', '/Volumes/Kexts', ...placeOf(bench)]);
      assert.match(elsewhere.stdout, /installing +into \/Volumes\/Kexts/);
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
        const waited = await planReload(await bench.operation(), signal);
        assert.ok(waited.steps.every(({ name }) => name !== 'unloading'));
        await bench.finishReload();
        const loaded = await planReload(await bench.operation(), signal);
        assert.match(loaded.notes[0] ?? '', /If the build differs .*: Unload Kext is there as the leak check\./);
      },
      { scenario: 'macos-13' },
    );
  });
});

describe('After a refusal in this boot', () => {
  it('plan and first phase say that a new build runs only after a restart, and so it comes', async () => {
    await withBench(files, async bench => {
      const names = async () => (await planReload(await bench.operation(), signal)).steps.map(({ name }) => name);
      await bench.reload();
      await bench.exercise(holder);
      const before = await reloadNow(bench, 'unload');
      assert.deepEqual([before.result.outcome, before.announced], ['refused', undefined]);
      const plan = await planReload(await bench.operation(), signal);
      assert.deepEqual(await names(), ['building', 'unloading', 'restart', 'installing', 'loading', 'verifying']);
      assert.deepEqual(plan.notes, [
        'Its unload was refused since the Simulated Mac started: unless it can go by now, a new build runs only after a restart; Reload will prepare it and go on after the restart.',
      ]);
      await editSource(bench);
      const { result, told, announced } = await reloadNow(bench, 'unload');
      assert.equal(announced, plan.notes[0]);
      assert.deepEqual([result.outcome, told], ['waitingForRestart', ['building', 'unloading']]);

      await bench.restart();
      assert.deepEqual(await names(), ['building', 'installing', 'loading', 'verifying']);
      assert.equal((await bench.finishReload()).outcome, 'loaded');
      assert.deepEqual(await names(), ['building', 'unloading', 'installing', 'loading', 'verifying']);
      const after = await planReload(await bench.operation(), signal);
      assert.deepEqual(after.notes, []);
    });
  });
});

/** The phases of a reload, what it announced, and what was asked: the answer is to cancel where none is given. */
async function reloadNow(bench: SimulatedBench, answer: UnloadChoice = 'cancel') {
  const told: string[] = [];
  const plans: (string | undefined)[] = [];
  const progress: PhaseProgress = (phase, plan, _kext, extent) => {
    // How far a phase is that was told already.
    if (extent !== undefined) return;
    told.push(phase);
    plans.push(plan);
  };
  const asked: UnloadQuestion[] = [];
  const askBeforeUnload: AskBeforeUnload = async question => {
    asked.push(question);
    return answer;
  };
  const result = await reloadKext({ ...(await bench.operation()), progress, askBeforeUnload }, signal);
  return { result, told, announced: plans[0], asked };
}

async function editSource(bench: SimulatedBench) {
  const source = join(bench.project, sourceFile);
  await writeFile(source, `${await readFile(source, 'utf8')}\nextern "C" int anotherBuild() { return 1; }\n`);
}

describe('Where kexts come from a collection a reload goes as its plan says', () => {
  it('the same build would be unloaded, and whoever is asked before that can leave everything as it was', async () => {
    await withRunning('macos-13', files, async bench => {
      await bench.exercise(holder);
      const plan = await planReload(await bench.operation(), signal);
      const [unloading] = plan.steps.filter(({ name }) => name === 'unloading');
      assert.match(unloading?.does ?? '', /^only where the build is the one that runs: /);
      assert.deepEqual(
        plan.obstacles.map(({ kind }) => kind),
        ['openClient'],
      );
      assert.match(plan.notes[0] ?? '', / If it is the same, it is unloaded and loaded anew\.$/);
      const same = await reloadNow(bench);
      assert.equal(same.announced, plan.notes[0]);
      assert.deepEqual([same.result.outcome, same.told], ['cancelled', ['building']]);
      assert.deepEqual(same.asked[0]?.obstacles, plan.obstacles);
      assert.ok((await bench.snapshot()).objects.every(({ active }) => active));

      await editSource(bench);
      const other = await reloadNow(bench);
      assert.deepEqual(other.asked, []);
      assert.ok(!other.told.includes('unloading'), other.told.join());
      assert.ok((await bench.snapshot()).objects.every(({ active }) => active));
    });
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
