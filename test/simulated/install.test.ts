import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { buildKext } from '../../src/operations/buildKext.ts';
import { installKext } from '../../src/operations/installKext.ts';
import { loadKext } from '../../src/operations/loadKext.ts';
import type { Operation, OperationResult } from '../../src/operations/operation.ts';
import { uninstallKext } from '../../src/operations/uninstallKext.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { withRunning } from './systemsSubject.ts';

const { signal } = new AbortController();
const files = await readDemo();
const { bundleIdentifier } = demoNames(files);

before(() => prepareKernel());

type Step = (operation: Operation, cancel: AbortSignal) => Promise<OperationResult>;

const run = async (bench: SimulatedBench, step: Step) => step(await bench.operation(), signal);
const outcomes = async (bench: SimulatedBench, ...steps: readonly Step[]) => {
  const ended: string[] = [];
  for (const step of steps) ended.push((await run(bench, step)).outcome);
  return ended;
};
const isLoaded = async (bench: SimulatedBench) => loadedKext(await bench.snapshot(), bundleIdentifier) !== undefined;

describe('Build, install, load and uninstall, each by itself', () => {
  it('build makes a kext and installs nothing; install copies it and loads nothing; load proves it', async () => {
    await withBench(files, async bench => {
      assert.deepEqual(await outcomes(bench, buildKext), ['built']);
      const early = await run(bench, loadKext);
      assert.deepEqual([early.outcome, early.diagnoses[0]?.cause], ['failed', 'loadFailed']);
      assert.deepEqual(await outcomes(bench, installKext), ['installed']);
      assert.equal(await isLoaded(bench), false);
      const loaded = await run(bench, loadKext);
      assert.deepEqual([loaded.outcome, loaded.diagnoses], ['loaded', []]);
      assert.deepEqual(
        loaded.phases.map(({ name }) => name),
        ['loading', 'verifying'],
      );
    });
  });

  it('without a build there is nothing to install or load, and it is said what is missing', async () => {
    await withBench(files, async bench => {
      for (const step of [installKext, loadKext]) {
        const { outcome, diagnoses } = await run(bench, step);
        assert.equal(outcome, 'failed');
        assert.match(diagnoses[0]?.message ?? '', /^No kext with the identifier \S+ is below .*: it was not built\.$/);
      }
    });
  });

  it('uninstall unloads the kext and removes its copy', async () => {
    await withBench(files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const { outcome, phases } = await run(bench, uninstallKext);
      assert.equal(outcome, 'uninstalled');
      assert.deepEqual(
        phases.map(({ name }) => name),
        ['unloading', 'removing'],
      );
      assert.equal(await isLoaded(bench), false);
      assert.equal((await run(bench, loadKext)).outcome, 'failed');
      assert.equal((await bench.reload()).outcome, 'loaded');
    });
  });

  it('uninstall removes nothing as root where somebody else could put another bundle in its place, and unloads nothing', async () => {
    await withBench(files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const open = { tool: 'chmod', argv: ['-R', 'a+w', '/private/tmp/kext-dev'], asRoot: true, timeoutMs: 10_000 };
      const { target } = await bench.operation();
      assert.equal((await target.runner.run({ ...open, parse: () => undefined }, signal)).exitCode, 0);
      await assert.rejects(run(bench, uninstallKext), {
        message:
          '/private/tmp/kext-dev can be written to by others: nothing is removed there as root. Give it to root, or remove the kext by hand.',
      });
      assert.equal(await isLoaded(bench), true);
    });
  });

  it('uninstall needs no build: it knows what is installed by its identifier, and what waits waits no more', async () => {
    await withBench(
      files,
      async bench => {
        assert.equal((await bench.reload()).outcome, 'waitingForApproval');
        await rm(join(bench.project, 'build'), { recursive: true });
        const { outcome, diagnoses } = await run(bench, uninstallKext);
        assert.deepEqual([outcome, diagnoses], ['uninstalled', []]);
        assert.deepEqual(await readdir(join(bench.state, 'disk', 'Library', 'Extensions')), []);
        assert.equal(await (await bench.operation()).records.read(), undefined);
        const again = await run(bench, uninstallKext);
        assert.equal(again.outcome, 'uninstalled');
        assert.match(
          again.diagnoses[0]?.message ?? '',
          /^No copy of .* is in \/Library\/Extensions on the Simulated Mac/,
        );
      },
      { scenario: 'macos-13' },
    );
  });

  it('uninstall removes the copy of a kext whose unload is refused: it is gone after the restart', async () => {
    await withRunning('macos-13', files, async bench => {
      assert.equal((await bench.exercise()).outcome, 'used');
      const { outcome, diagnoses } = await run(bench, uninstallKext);
      assert.equal(outcome, 'uninstalled');
      assert.ok(diagnoses.some(({ verdict }) => verdict === 'leaked'));
      assert.ok(await isLoaded(bench));
      await bench.restart();
      assert.equal(await isLoaded(bench), false);
    });
  });
});
