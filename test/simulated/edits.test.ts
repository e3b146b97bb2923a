import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { demoEdits } from '../support/demoEdits.ts';
import type { DemoEdit } from '../support/editDemo.ts';
import { type DemoFiles, declarationOf, demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
console.log(`KEXT_DEV_SEED=${seed}: ${demoNames(files).bundleIdentifier}`);

/** A fresh Simulated Mac loads the edited driver and a process uses it; what an unload then says is the test's. */
async function withUsedDriver(edited: DemoFiles, judge: (bench: SimulatedBench) => Promise<void>): Promise<void> {
  await withBench(edited, async bench => {
    const reloaded = await bench.reload();
    assert.equal(reloaded.outcome, 'loaded', JSON.stringify(reloaded.diagnoses));
    assert.equal((await bench.exercise()).outcome, 'used');
    await judge(bench);
  });
}

async function unloadsCleanly(edit: DemoEdit): Promise<void> {
  const edited = edit.apply(files);
  await withUsedDriver(edited, async bench => {
    const result = await bench.unload();
    assert.equal(result.outcome, 'unloaded', JSON.stringify(result.diagnoses));
    assert.deepEqual(result.diagnoses, []);
    const after = await bench.snapshot();
    const { bundleIdentifier, driver, engine, userClient } = demoNames(edited);
    assert.equal(loadedKext(after, bundleIdentifier), undefined);
    for (const name of [driver, engine, userClient]) assert.equal(after.classCounts.get(name), undefined, name);
  });
}

async function leaksOnItsLine(edit: DemoEdit): Promise<void> {
  const edited = edit.apply(files);
  const { engine, bundleIdentifier } = demoNames(edited);
  await withUsedDriver(edited, async bench => {
    const result = await bench.unload();
    assert.equal(result.outcome, 'refused');
    const verdicts = result.diagnoses.filter(({ verdict }) => verdict !== undefined);
    const { file, line } = declarationOf(engine, edited);
    assert.deepEqual(
      verdicts.map(each => [each.class, each.verdict, each.instances, each.anchor?.file, each.anchor?.line]),
      [[engine, 'leaked', 1, join(bench.project, file), line]],
    );
    assert.ok(loadedKext(await bench.snapshot(), bundleIdentifier) !== undefined);
  });
}

before(() => prepareKernel());

describe('The table of edits', () => {
  it('has at least six fixes and six edits that mend nothing, under names of their own', () => {
    assert.ok(demoEdits.filter(({ cures }) => cures).length >= 6);
    assert.ok(demoEdits.filter(({ cures }) => !cures).length >= 6);
    assert.equal(new Set(demoEdits.map(({ name }) => name)).size, demoEdits.length);
  });

  it('changes the source with every edit, each in its own way', () => {
    const texts = demoEdits.map(edit => JSON.stringify([...edit.apply(files)]));
    assert.equal(new Set([JSON.stringify([...files]), ...texts]).size, demoEdits.length + 1);
  });

  it('has an edit that moves the line of the verdict and one that changes its class', () => {
    const { engine } = demoNames(files);
    const unmended = demoEdits.filter(({ cures }) => !cures).map(edit => edit.apply(files));
    const isMoved = (edited: DemoFiles) =>
      declarationOf(demoNames(edited).engine, edited).line !== declarationOf(engine, files).line;
    assert.ok(unmended.some(isMoved));
    assert.ok(unmended.some(edited => demoNames(edited).engine !== engine));
  });
});

describe('After these edits a fresh start unloads cleanly', { concurrency: 2 }, () => {
  for (const edit of demoEdits.filter(({ cures }) => cures)) it(edit.name, () => unloadsCleanly(edit));
});

describe('After these edits the same verdict stands on the line that declares the class', { concurrency: 2 }, () => {
  for (const edit of demoEdits.filter(({ cures }) => !cures)) it(edit.name, () => leaksOnItsLine(edit));
});
