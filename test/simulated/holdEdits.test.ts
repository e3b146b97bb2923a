import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { exerciseDriver } from '../../src/operations/exercise.ts';
import type { OperationResult } from '../../src/operations/operation.ts';
import { demoEdits } from '../support/demoEdits.ts';
import { holdEdits } from '../support/holdEdits.ts';
import { type DemoFiles, declarationOf, demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';

const seed = runSeed();
const leaking = renameDemo(await readDemo(), seed);
// The leak is mended, so that the hold alone is judged.
const files = demoEdits[0]?.apply(leaking) ?? leaking;
const { driver, userClient, engine, staying, bundleIdentifier } = demoNames(files);
const { signal } = new AbortController();

/** The process that reserves the driver is started on a fresh Simulated Mac; gives its pid. */
async function reserve(bench: SimulatedBench): Promise<number> {
  const reloaded = await bench.reload();
  assert.equal(reloaded.outcome, 'loaded', JSON.stringify(reloaded.diagnoses));
  const used = await exerciseDriver(await bench.operation(), bench.target.switches, signal, staying);
  assert.equal(used.outcome, 'used');
  return used.pid ?? assert.fail('the process has not stayed');
}

async function withReservedDriver(
  edited: DemoFiles,
  judge: (bench: SimulatedBench, pid: number) => Promise<void>,
): Promise<void> {
  await withBench(edited, async bench => judge(bench, await reserve(bench)));
}

async function isGone(bench: SimulatedBench, result: OperationResult): Promise<void> {
  assert.equal(result.outcome, 'unloaded', JSON.stringify(result.diagnoses));
  assert.deepEqual(result.diagnoses, []);
  const after = await bench.snapshot();
  assert.equal(loadedKext(after, bundleIdentifier), undefined);
  for (const name of [driver, userClient, engine]) assert.equal(after.classCounts.get(name), undefined, name);
}

function isHeld(bench: SimulatedBench, edited: DemoFiles, result: OperationResult, pid: number): void {
  assert.equal(result.outcome, 'refused');
  const held = result.diagnoses.find(each => each.class === driver) ?? assert.fail(JSON.stringify(result.diagnoses));
  const { file, line } = declarationOf(driver, edited);
  assert.deepEqual(
    [held.verdict, held.instances, held.anchor?.file, held.anchor?.line],
    ['held', 1, join(bench.project, file), line],
  );
  assert.deepEqual(held.holders, [{ name: `${staying} (pid ${pid})`, pid, through: userClient }]);
  const kept = result.diagnoses.find(each => each.class === engine);
  assert.deepEqual([kept?.verdict, kept?.certainty], ['leaked', 'possible'], 'what a held object may keep');
  const client = result.diagnoses.find(each => each.class === userClient);
  assert.match(
    client?.message ?? '',
    new RegExp(`^${userClient} is held: opened by ${staying} .* provider ${driver}\\.$`),
  );
}

before(() => prepareKernel());

describe('The hold', () => {
  it('is on the driver, by the process that has reserved it', async () => {
    await withReservedDriver(files, async (bench, pid) => isHeld(bench, files, await bench.unload(), pid));
  });

  it('is not there when the process quits before the unload', async () => {
    await withReservedDriver(files, async (bench, pid) => {
      await bench.target.switches.quit(pid, signal);
      await isGone(bench, await bench.unload());
    });
  });

  it('stays when the process quits after the refusal: its client never hears of it', async () => {
    await withReservedDriver(files, async (bench, pid) => {
      isHeld(bench, files, await bench.unload(), pid);
      await bench.target.switches.quit(pid, signal);
      assert.equal((await bench.unload()).outcome, 'refused');
    });
  });

  it('keeps another process from reeling, as it is meant to', async () => {
    await withReservedDriver(files, async bench => {
      const other = await bench.exercise();
      assert.deepEqual(
        [other.outcome, other.steps.map(({ status }) => status).slice(0, 2)],
        ['failed', [0, 0xe00002c5]],
      );
    });
  });
});

describe('The table of edits against the hold', () => {
  it('has at least six fixes and six edits that mend nothing, each a change of its own', () => {
    assert.ok(holdEdits.filter(({ cures }) => cures).length >= 6);
    assert.ok(holdEdits.filter(({ cures }) => !cures).length >= 6);
    const texts = holdEdits.map(edit => JSON.stringify([...edit.apply(files)]));
    assert.equal(new Set([JSON.stringify([...files]), ...texts]).size, holdEdits.length + 1);
  });
});

describe('After these edits the kext leaves although the process runs on', { concurrency: 2 }, () => {
  for (const edit of holdEdits.filter(({ cures }) => cures)) {
    it(edit.name, () => withReservedDriver(edit.apply(files), async bench => isGone(bench, await bench.unload())));
  }
});

describe('After these edits the driver is held as before', { concurrency: 2 }, () => {
  for (const edit of holdEdits.filter(({ cures }) => !cures)) {
    it(edit.name, () => {
      const edited = edit.apply(files);
      return withReservedDriver(edited, async (bench, pid) => isHeld(bench, edited, await bench.unload(), pid));
    });
  }
});
