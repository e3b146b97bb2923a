import assert from 'node:assert/strict';
import { ownInstances } from '../../src/model/classCounts.ts';
import { loadedKext } from '../../src/model/snapshot.ts';
import type { OperationResult } from '../../src/operations/operation.ts';
import type { Scenario } from '../../src/simulator/systems/simulatedSystem.ts';
import { demoEdits } from '../support/demoEdits.ts';
import { type DemoFiles, demoNames, readDemo, renameDemo, writeDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { type SimulatedBench, withBench } from '../support/simulatedBench.ts';

export const seed = runSeed();
/** The demo, which leaks when it is used. */
export const leaking = renameDemo(await readDemo(), seed);
/** The demo with its leak mended. */
export const files = demoEdits.find(({ cures }) => cures)?.apply(leaking) ?? assert.fail('no edit cures');
export const names = demoNames(files);
export const never = new AbortController().signal;
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

/** The systems whose kexts come from a collection. */
export const collecting: readonly Scenario[] = [
  'macos-13',
  'macos-15',
  'macos-13-kept',
  'macos-15-kept',
  'macos-13-fixed',
];

/** Another build of the same driver. */
export function changed(demo: DemoFiles, number = 1): Map<string, string> {
  return new Map(demo).set('kmod.c', `${demo.get('kmod.c')}\nint build = ${number};\n`);
}

/** Edits the project and reloads it. */
export async function reloadChanged(bench: SimulatedBench, demo: DemoFiles): Promise<OperationResult> {
  await writeDemo(demo, bench.project);
  return bench.reload();
}

/** A Mac of that system on which the demo was reloaded, approved, restarted and found running. */
export function withRunning(
  scenario: Scenario,
  demo: DemoFiles,
  work: (bench: SimulatedBench) => Promise<void>,
): Promise<void> {
  return withBench(
    demo,
    async bench => {
      const first = await bench.reload();
      if (first.outcome === 'waitingForApproval') {
        await bench.approve();
        await bench.restart();
        assert.equal((await bench.finishReload()).outcome, 'loaded');
      } else assert.equal(first.outcome, 'loaded', JSON.stringify(first.diagnoses));
      await work(bench);
    },
    { scenario },
  );
}

/** The UUID that the target lists; undefined where it does not list the kext. */
export async function listed(bench: SimulatedBench): Promise<string | undefined> {
  return loadedKext(await bench.snapshot(), names.bundleIdentifier)?.uuid;
}

/** How many drivers run. */
export async function drivers(bench: SimulatedBench): Promise<number | undefined> {
  return ownInstances(names.driver, (await bench.snapshot()).classCounts, new Map());
}

export const causes = ({ diagnoses }: OperationResult) => diagnoses.map(({ cause }) => cause);
export const phases = (result: OperationResult) => result.phases.map(({ name }) => name);

/** What is known of the kext between two operations. */
export async function recordOf(bench: SimulatedBench) {
  return (await bench.operation()).records.read();
}
