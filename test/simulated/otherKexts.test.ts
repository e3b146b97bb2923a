import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadedKext, type Snapshot } from '../../src/model/snapshot.ts';
import { readSnapshot } from '../../src/operations/kernel/snapshot.ts';
import { appleKexts } from '../../src/simulator/appleKexts.ts';
import { otherKexts } from '../../src/simulator/otherKexts.ts';
import { simulatedSystem } from '../../src/simulator/systems/simulatedSystems.ts';
import { parseKextunload } from '../../src/tools/kextunload.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';

const { signal } = new AbortController();
const wanted = { kexts: 300, classes: 3000 };
const files = await readDemo();

before(() => prepareKernel());

function withOtherKexts(work: (bench: SimulatedBench) => Promise<void>): Promise<void> {
  return withBench(files, work, { otherKexts: wanted });
}

/** The kernel's rule: the first instance of a class counts as one of its superclass. */
function countsByTheRule(snapshot: Snapshot): void {
  const all = otherKexts(wanted).flatMap(({ classes = [] }) => classes);
  assert.equal(all.length, wanted.classes);
  for (const { name, instances } of all) assert.equal(snapshot.classCounts.get(name), instances, name);
  const used = all.filter(({ superclass, instances }) => superclass === 'IOUserClient' && instances > 0).length;
  assert.equal(snapshot.classCounts.get('IOUserClient'), used);
}

describe('A Mac with 300 other kexts and 3,000 classes', () => {
  it('lists them all, and counts as a kernel counts', async () => {
    await withOtherKexts(async ({ target }) => {
      const snapshot = await readSnapshot(target, [], signal);
      assert.equal(snapshot.kexts.length, appleKexts(simulatedSystem('macos-10.15')).length + wanted.kexts);
      countsByTheRule(snapshot);
    });
  });

  it('loads and unloads a driver beside them, also after a restart', async () => {
    await withOtherKexts(async bench => {
      const { bundleIdentifier } = demoNames(files);
      assert.equal((await bench.reload()).outcome, 'loaded');
      assert.equal((await bench.restart()).outcome, 'restarted');
      assert.equal((await bench.reload()).outcome, 'loaded');
      assert.ok(loadedKext(await bench.snapshot(), bundleIdentifier));
      assert.equal((await bench.unload()).outcome, 'unloaded');
      countsByTheRule(await bench.snapshot());
    });
  });

  it('lets go of a vendor’s kext that nobody uses; one in use stays, with its counts told; Apple’s are not touched', async () => {
    await withOtherKexts(async ({ target }) => {
      const unload = async (identifier: string) => {
        const command = {
          tool: 'kextunload',
          argv: ['-b', identifier],
          asRoot: true,
          timeoutMs: 1000,
          parse: () => undefined,
        };
        const { exitCode, stderr } = await target.runner.run(command, signal);
        return { exitCode, told: parseKextunload(stderr) };
      };
      const vendors = otherKexts(wanted).filter(({ identifier }) => !identifier.startsWith('com.apple.'));
      const isUsed = (at: number) => vendors[at]?.classes?.some(({ instances }) => instances > 0) ?? false;
      const busy = vendors.findIndex((_, at) => isUsed(at));
      const idle = vendors.findIndex((_, at) => !isUsed(at));
      const refused = await unload(vendors[busy]?.identifier ?? '');
      assert.equal(refused.exitCode, 3);
      assert.deepEqual(refused.told.notUnderstood, []);
      assert.equal((await unload(vendors[idle]?.identifier ?? '')).exitCode, 0);
      const apples = otherKexts(wanted)[0]?.identifier ?? '';
      assert.equal((await unload(apples)).exitCode, 3);
      const { kexts } = await readSnapshot(target, [], signal);
      const listed = (identifier = '') => kexts.some(({ bundleIdentifier }) => bundleIdentifier === identifier);
      assert.deepEqual([vendors[busy]?.identifier, vendors[idle]?.identifier, apples].map(listed), [true, false, true]);
    });
  });
});
