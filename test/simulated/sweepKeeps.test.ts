import assert from 'node:assert/strict';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { buildKext } from '../../src/operations/buildKext.ts';
import { findStaleCopies, removeStaleCopies } from '../../src/operations/install/staleCopies.ts';
import { installKext } from '../../src/operations/installKext.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { plistOf } from '../support/plistOf.ts';
import { writeDemo } from '../support/renamedDemo.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { changed, files, names, never } from './systemsSubject.ts';

before(() => prepareKernel());

const bundle = `${names.executable}.kext`;
const library = '/Library/Extensions';
const kept = `.${bundle}.kext-dev-old`;
const begun = `.${bundle}.kext-dev-new`;

/** Where a path of the Simulated Mac lies on this machine. */
const onDisk = (bench: SimulatedBench, path: string) => join(bench.state, 'disk', path);
const namesIn = async (bench: SimulatedBench, folder = library) => (await readdir(onDisk(bench, folder))).sort();
const copiesOf = async (operation: Operation) => (await findStaleCopies(operation, never)).copies;
const yes = async () => true;

/** Removes all that a sweep would. */
async function sweepAll(operation: Operation, agrees: () => Promise<boolean> = yes) {
  return removeStaleCopies(operation, await findStaleCopies(operation, never), agrees, never);
}

async function install(bench: SimulatedBench, number: number): Promise<void> {
  await writeDemo(changed(files, number), bench.project);
  assert.equal((await buildKext(await bench.operation(), never)).outcome, 'built');
  assert.equal((await installKext(await bench.operation(), never)).outcome, 'installed');
}

describe('A sweep keeps', () => {
  it('what Reload has installed and waits for its approval, also after the build was removed', async () => {
    await withBench(
      files,
      async bench => {
        assert.equal((await bench.reload()).outcome, 'waitingForApproval');
        await rm(join(bench.project, 'build'), { recursive: true });
        const operation = await bench.operation();
        assert.deepEqual(
          (await copiesOf(operation)).map(({ path, isInstalledByReload, isRemovable }) => [
            path,
            isInstalledByReload,
            isRemovable,
          ]),
          [[`${library}/${bundle}`, true, false]],
        );
        assert.deepEqual(await sweepAll(operation), []);
        assert.deepEqual(await namesIn(bench), [bundle]);
      },
      { scenario: 'macos-13' },
    );
  });

  it('the proved copy beside one that was installed over it, until that one is proved', async () => {
    await withBench(
      files,
      async bench => {
        for (const step of [bench.reload, bench.approve, bench.restart, bench.finishReload]) await step();
        await install(bench, 2);
        const [old] = await copiesOf(await bench.operation());
        assert.deepEqual([old?.path, old?.isLoaded, old?.isRemovable], [`${library}/${kept}`, true, false]);
        assert.match(old?.fix ?? '', /^It is put back unless the copy in its place is proved: reload that first\.$/);
        assert.deepEqual(await sweepAll(await bench.operation()), []);
        for (const step of [bench.reload, bench.approve, bench.restart, bench.finishReload]) await step();
        assert.deepEqual(await namesIn(bench), [bundle]);
      },
      { scenario: 'macos-13' },
    );
  });

  it('the last copy of what is loaded', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      const folder = '/private/tmp/kext-dev';
      await mkdir(onDisk(bench, library), { recursive: true });
      await rename(onDisk(bench, `${folder}/${bundle}`), onDisk(bench, `${library}/Moved.kext`));
      const [only] = await copiesOf(await bench.operation());
      assert.deepEqual([only?.path, only?.isLoaded, only?.isRemovable], [`${library}/Moved.kext`, true, false]);
      assert.match(only?.fix ?? '', /Reload has installed no other copy: reload first\.$/);
      await bench.reload();
      assert.deepEqual(await sweepAll(await bench.operation()), [{ path: `${library}/Moved.kext` }]);
    });
  });

  it('what has changed while it was asked about', async () => {
    await withBench(files, async bench => {
      const { bundle: built } = await bench.reload();
      const folder = '/private/tmp/kext-dev';
      for (const path of [`${library}/Stale.kext`, `${library}/Gone.kext`, `${folder}/${kept}`])
        await cp(built?.folder ?? '', onDisk(bench, path), { recursive: true });
      const operation = await bench.operation();
      let asked = 0;
      const removed = await sweepAll(operation, async () => {
        asked += 1;
        if (asked > 1) return true;
        await writeFile(
          onDisk(bench, `${library}/Stale.kext/Contents/Info.plist`),
          plistOf(names.bundleIdentifier, '99.9'),
        );
        await rm(onDisk(bench, `${library}/Gone.kext`), { recursive: true });
        await install(bench, 3);
        return true;
      });
      assert.equal(asked, 3);
      assert.deepEqual(removed, [
        { path: `${library}/Gone.kext` },
        {
          path: `${library}/Stale.kext`,
          failed: 'another copy lies there than the one that was shown',
        },
        {
          path: `${folder}/${kept}`,
          failed: 'It is put back unless the copy in its place is proved: reload that first.',
        },
      ]);
      assert.deepEqual(await namesIn(bench), ['Stale.kext']);
      assert.deepEqual(await namesIn(bench, folder), [kept, bundle].sort());
    });
  });
});

describe('A sweep where a folder was named for builds', () => {
  it('removes from it what is stale, and knows what Reload has installed there', async () => {
    await withBench(files, async bench => {
      const installPath = '/Library/Builds';
      const operation = { ...(await bench.operation()), installPath };
      const { bundle: built, outcome } = await reloadKext(operation, never);
      assert.equal(outcome, 'loaded');
      await cp(built?.folder ?? '', onDisk(bench, `${installPath}/Stale.kext`), { recursive: true });
      await mkdir(onDisk(bench, `${installPath}/${begun}/Contents`), { recursive: true });
      assert.deepEqual(
        (await copiesOf(operation)).map(({ path, place, isInstalledByReload, isRemovable }) => [
          path,
          place,
          isInstalledByReload,
          isRemovable,
        ]),
        [
          [`${installPath}/${begun}`, 'leftover', false, true],
          [`${installPath}/${bundle}`, 'installed', true, false],
          [`${installPath}/Stale.kext`, 'installed', false, true],
        ].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)),
      );
      const removed = await sweepAll(operation);
      assert.ok(removed.length === 2 && removed.every(({ failed }) => failed === undefined), JSON.stringify(removed));
      assert.deepEqual(await namesIn(bench, installPath), [bundle]);
    });
  });
});
