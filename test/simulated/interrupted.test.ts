import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import type { ToldPhase } from '../../src/operations/phases.ts';
import { kextStanding } from '../../src/operations/record/standing.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { demoEdits } from '../support/demoEdits.ts';
import { demoNames, readDemo, renameDemo, writeDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
const cured = demoEdits.find(({ cures }) => cures)?.apply(files) ?? assert.fail('no edit cures');
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

before(() => prepareKernel());

async function standing(bench: SimulatedBench) {
  const { project, records } = await bench.operation();
  const { system, kexts } = await bench.snapshot();
  const loaded = kexts.some(kext => kext.bundleIdentifier === project.bundleIdentifier);
  const facts = { bundleIdentifier: project.bundleIdentifier, target: 'it', identifierPosition: undefined };
  return kextStanding(await records.read(), { bootTime: system.bootTime, loaded, facts });
}

/** A reload that is cancelled as soon as it begins a phase. */
async function cancelledIn(phase: ToldPhase, bench: SimulatedBench) {
  const abort = new AbortController();
  const progress = (begun: ToldPhase) => begun === phase && abort.abort();
  return reloadKext({ ...(await bench.operation()), progress }, abort.signal);
}

async function use(bench: SimulatedBench): Promise<void> {
  assert.equal((await bench.reload()).outcome, 'loaded');
  assert.equal((await bench.exercise()).outcome, 'used');
}

describe('A cancel', () => {
  it('during the unload lets it finish, and what the kernel said is remembered', async () => {
    await withBench(files, async bench => {
      await use(bench);
      const { outcome } = await cancelledIn('unloading', bench);
      assert.ok(outcome === 'refused' || outcome === 'cancelled', outcome);
      const { refused, diagnoses } = await standing(bench);
      assert.equal(refused, true);
      assert.ok(diagnoses.some(each => each.class === names.engine && each.verdict === 'leaked'));
    });
  });

  it('while the kernel loads the build is too late: what runs is told', async () => {
    await withBench(files, async bench => {
      const { outcome, bundle } = await cancelledIn('loading', bench);
      assert.equal(outcome, 'loaded');
      const listed = loadedKext(await bench.snapshot(), names.bundleIdentifier)?.uuid;
      assert.equal(listed, bundle?.executable?.uuid);
    });
  });

  it('before the kernel is reached changes nothing there', async () => {
    await withBench(files, async bench => {
      assert.equal((await cancelledIn('building', bench)).outcome, 'cancelled');
      assert.equal(loadedKext(await bench.snapshot(), names.bundleIdentifier), undefined);
    });
  });
});

describe('An edit before the first refused reload', () => {
  it('is refused, and the new build is ready for the restart', async () => {
    await withBench(files, async bench => {
      await use(bench);
      await writeDemo(cured, bench.project);
      const { outcome, diagnoses } = await bench.reload();
      assert.equal(outcome, 'refused');
      assert.deepEqual(
        diagnoses.map(({ cause }) => cause),
        ['leaked', 'refused', 'waitingForRestart'],
      );
      const { refused, waiting } = await standing(bench);
      assert.deepEqual({ refused, waiting }, { refused: true, waiting: 'restart' });
      await bench.restart();
      assert.equal((await standing(bench)).waiting, 'finish');
      assert.equal((await bench.finishReload()).outcome, 'loaded');
    });
  });
});

describe('A build that waits', () => {
  async function waiting(bench: SimulatedBench): Promise<void> {
    await use(bench);
    await bench.reload();
    await writeDemo(cured, bench.project);
    assert.equal((await bench.reload()).outcome, 'waitingForRestart');
  }

  it('goes on waiting when the kext is asked to unload, before the restart and after it', async () => {
    await withBench(files, async bench => {
      await waiting(bench);
      assert.equal((await bench.unload()).outcome, 'refused');
      assert.equal((await standing(bench)).waiting, 'restart');
      await bench.restart();
      assert.equal((await bench.unload()).outcome, 'notFound');
      assert.equal((await standing(bench)).waiting, 'finish');
    });
  });

  it('and is gone is told as such', async () => {
    await withBench(files, async bench => {
      await waiting(bench);
      await rm(join(bench.project, 'build'), { recursive: true });
      await bench.restart();
      const { outcome, diagnoses } = await bench.finishReload();
      assert.equal(outcome, 'failed');
      assert.match(diagnoses[0]?.message ?? '', /that waited for the restart is gone/);
    });
  });
});

describe('Several reloads at once', () => {
  it('go one after the other: none sees the half of another', async () => {
    await withBench(files, async bench => {
      const results = await Promise.all([bench.reload(), bench.reload(), bench.reload()]);
      assert.deepEqual(
        results.map(({ outcome, diagnoses }) => [outcome, diagnoses]),
        Array.from({ length: 3 }, () => ['loaded', []]),
      );
    });
  });
});
