import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { buildKext } from '../../src/operations/buildKext.ts';
import { installKext } from '../../src/operations/installKext.ts';
import { uninstallKext } from '../../src/operations/uninstallKext.ts';
import { type DemoFiles, writeDemo } from '../support/renamedDemo.ts';
import { benchOn, prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { files, names, never } from './systemsSubject.ts';

before(() => prepareKernel());

const another = 'org.another.vendor.Kext';
const bundle = `${names.executable}.kext`;
const path = `/Library/Extensions/${bundle}`;
const folderOf = ({ state }: SimulatedBench) => join(state, 'disk', 'Library', 'Extensions');

/** Another vendor's project, whose product has the same name. */
const others: DemoFiles = new Map(
  [...files].map(([name, text]) => [name, text.replaceAll(names.bundleIdentifier, another)] as const),
);

/** Both projects on one Mac, on which the first one's build is installed and waits. */
async function withBoth(work: (first: SimulatedBench, second: SimulatedBench) => Promise<void>): Promise<void> {
  await withBench(
    files,
    async first => {
      const project = join(first.project, '..', 'another');
      await writeDemo(others, project);
      assert.equal((await first.reload()).outcome, 'waitingForApproval');
      await work(first, benchOn(project, first.state));
    },
    { scenario: 'macos-13' },
  );
}

describe('Two projects whose products have one name', () => {
  const carried = (bench: SimulatedBench) => readFile(join(folderOf(bench), bundle, 'Contents', 'Info.plist'), 'utf8');

  it('never take each other’s copy away: the second one is told which kext lies there, and what to do', async () => {
    await withBoth(async (first, second) => {
      await buildKext(await second.operation(), never);
      for (const run of [second.reload, async () => installKext(await second.operation(), never)]) {
        const { outcome, diagnoses } = await run();
        assert.deepEqual([outcome, diagnoses.map(({ cause }) => cause)], ['failed', ['installFailed']]);
        assert.equal(
          diagnoses[0]?.message,
          `Another kext lies at ${path}: ${names.bundleIdentifier}. Nothing was changed.`,
        );
        assert.ok(diagnoses[0]?.remedy.startsWith(`Give the product of ${another} another name.`));
      }
      assert.deepEqual(await readdir(folderOf(first)), [bundle]);
      assert.ok((await carried(first)).includes(names.bundleIdentifier));
    });
  });

  it('uninstall their own copy alone', async () => {
    await withBoth(async (first, second) => {
      await buildKext(await second.operation(), never);
      const { outcome, diagnoses } = await uninstallKext(await second.operation(), never);
      assert.deepEqual(
        [outcome, diagnoses.map(({ message }) => message)],
        [
          'uninstalled',
          [`No copy of ${another} is in /Library/Extensions on the Simulated Mac: there was nothing to remove.`],
        ],
      );
      assert.deepEqual(await readdir(folderOf(first)), [bundle]);
      assert.equal((await uninstallKext(await first.operation(), never)).outcome, 'uninstalled');
      assert.deepEqual(await readdir(folderOf(first)), []);
      assert.equal((await second.reload()).outcome, 'waitingForApproval');
    });
  });
});
