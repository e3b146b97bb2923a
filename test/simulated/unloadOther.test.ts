import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { isApple } from '../../src/model/kext.ts';
import { loadedKext, type Snapshot } from '../../src/model/snapshot.ts';
import { onForeignKext } from '../../src/operations/unload/foreignKext.ts';
import { unloadOther } from '../../src/operations/unloadOther.ts';
import { readDemo } from '../support/renamedDemo.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { memoryRecords } from '../unit/operations/fakeTarget.ts';

const never = new AbortController().signal;
const files = await readDemo();

function vendors({ kexts }: Snapshot): readonly string[] {
  return kexts.map(({ bundleIdentifier }) => bundleIdentifier).filter(identifier => !isApple(identifier));
}

const on = async (bench: SimulatedBench, kext: string) =>
  onForeignKext({ ...(await bench.operation()), recordsOf: () => memoryRecords() }, kext);

describe('The unload of a kext that is no project’s', () => {
  before(() => prepareKernel());

  it('takes it out of the list', async () => {
    await withBench(
      files,
      async bench => {
        const { snapshot } = bench;
        const [first = '', ...others] = vendors(await snapshot());
        const { outcome, diagnoses } = await unloadOther(await on(bench, first), never);
        assert.deepEqual([outcome, diagnoses], ['unloaded', []]);
        assert.deepEqual(vendors(await snapshot()), others);
      },
      { otherKexts: { kexts: 18, classes: 0 } },
    );
  });

  it('where it is refused says by which of its classes, and has no place in a source', async () => {
    await withBench(
      files,
      async bench => {
        const { snapshot } = bench;
        const [first = ''] = vendors(await snapshot());
        const { outcome, diagnoses } = await unloadOther(await on(bench, first), never);
        assert.equal(outcome, 'refused');
        assert.ok(diagnoses.some(({ class: name, verdict }) => name !== undefined && verdict !== undefined));
        assert.deepEqual(
          diagnoses.filter(({ anchor }) => anchor !== undefined),
          [],
        );
        assert.ok(loadedKext(await snapshot(), first) !== undefined);
      },
      { otherKexts: { kexts: 18, classes: 90 } },
    );
  });

  it('is never one of Apple’s: the target is not even asked', async () => {
    await withBench(files, async bench => {
      const { snapshot, log } = bench;
      await snapshot();
      const asked = log.length;
      await assert.rejects(on(bench, 'com.apple.kpi.iokit'), /is Apple's, and is never touched/);
      assert.equal(log.length, asked);
    });
  });
});
