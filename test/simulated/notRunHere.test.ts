import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import type { OperationResult } from '../../src/operations/operation.ts';
import { asForMac } from '../support/asForMac.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson, placeOf } from '../support/terminal.ts';

const seed = runSeed();
const files = asForMac(renameDemo(await readDemo(), seed));
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);
const sentence = `${names.bundleIdentifier} is loaded, but not run here: says nothing about leaks.`;

before(() => prepareKernel());

function told({ diagnoses }: Pick<OperationResult, 'diagnoses'>): readonly string[] {
  return diagnoses.map(({ cause, severity, message }) => `${cause} ${severity} ${message}`);
}

describe('A kext that was built for a Mac', () => {
  it('is loaded, with its classes at 0, and it is said that this says nothing about leaks', async () => {
    await withBench(files, async bench => {
      const { outcome, bundle, diagnoses } = await bench.reload();
      assert.equal(outcome, 'loaded');
      assert.deepEqual(told({ diagnoses }), [`notRunHere information ${sentence}`]);
      const snapshot = await bench.snapshot();
      assert.equal(loadedKext(snapshot, names.bundleIdentifier)?.uuid, bundle?.executable?.uuid);
      for (const name of [names.driver, names.userClient, names.engine])
        assert.equal(snapshot.classCounts.get(name), 0, name);
      const unloaded = await bench.unload();
      assert.equal(unloaded.outcome, 'unloaded');
      assert.deepEqual(told(unloaded), [`notRunHere information ${sentence}`]);
    });
  });

  it('cannot be used, and that is why', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      const used = await bench.exercise();
      assert.deepEqual([used.outcome, ...told(used)], ['failed', `notRunHere information ${sentence}`]);
    });
  });

  it('is told again by status for as long as it is listed', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      const status = await kextDevJson(['status', ...placeOf(bench)]);
      assert.deepEqual(told(status.document), [`notRunHere information ${sentence}`]);
      assert.ok((await kextDev(['status', ...placeOf(bench)])).stdout.includes(`information: ${sentence}`));
      await bench.restart();
      assert.deepEqual((await kextDevJson(['status', ...placeOf(bench)])).document.diagnoses, []);
    });
  });
});
