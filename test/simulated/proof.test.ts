import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { buildKext } from '../../src/operations/buildKext.ts';
import type { OperationResult } from '../../src/operations/operation.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { outcomeText } from '../../src/report/outcomeText.ts';
import { readOptions } from '../../src/terminal/options.ts';
import { runCommand, type TerminalWorld } from '../../src/terminal/runCommand.ts';
import { writeDemo } from '../support/renamedDemo.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { output } from '../unit/simulator/fakeRunner.ts';
import { type Alteration, withAlteredTools } from './alteredTools.ts';
import { changed, files, names, never, reloadChanged } from './systemsSubject.ts';

before(() => prepareKernel());

const row = async (bench: SimulatedBench) => loadedKext(await bench.snapshot(), names.bundleIdentifier);

async function reloadAltered(bench: SimulatedBench, alteration: Alteration): Promise<OperationResult> {
  return reloadKext(withAlteredTools(await bench.operation(), alteration), never);
}

async function said(bench: SimulatedBench, result: OperationResult): Promise<string> {
  return outcomeText(result, await bench.operation());
}

describe('The proof of a reload', () => {
  it('where nothing ran before is the UUID alone; the row that it rests on is named', async () => {
    await withBench(files, async bench => {
      const result = await bench.reload();
      const listed = await row(bench);
      assert.deepEqual(result.proof, {
        kind: 'uuid',
        uuid: result.bundle?.executable?.uuid,
        loadIndex: listed?.index,
        address: `0x${listed?.address?.toString(16)}`,
      });
      assert.match(await said(bench, result), / is loaded and proved: the Simulated Mac runs [-0-9A-F]{36}\.$/);
    });
  });

  it('of sources that did not change is that their code was loaded anew; of changed ones their UUID', async () => {
    await withBench(files, async bench => {
      const first = await bench.reload();
      const again = await bench.reload();
      assert.equal(again.proof?.kind, 'sameCode');
      assert.notEqual(again.proof?.loadIndex, first.proof?.loadIndex);
      assert.match(await said(bench, again), /, the same code, loaded anew\.$/);
      assert.equal((await reloadChanged(bench, changed(files))).proof?.kind, 'uuid');
    });
  });

  it('stands in the document of the terminal', async () => {
    await withBench(files, async bench => {
      const world = { operation: () => bench.operation() } as unknown as TerminalWorld;
      const { document } = await runCommand(readOptions(['reload', '--target', 'simulated', '--json']), world, never);
      const { kind, uuid, loadIndex } = document.proof as Record<string, unknown>;
      assert.deepEqual([kind, uuid, typeof loadIndex], ['uuid', document.uuid, 'number']);
    });
  });

  it('without a column of UUIDs is likely, and says so', async () => {
    await withBench(files, async bench => {
      const alteration: Alteration = {
        output: ({ tool }, told) =>
          tool === 'kextstat' ? { ...told, stdout: told.stdout.replace(/\) [-0-9A-F]{36} </g, ') <') } : told,
      };
      const first = await reloadAltered(bench, alteration);
      assert.deepEqual([first.outcome, first.proof?.kind, first.proof?.uuid], ['loaded', 'likely', null]);
      assert.match(await said(bench, first), /is loaded, and the build likely runs: .* and no UUID\.$/);
      const again = await reloadAltered(bench, alteration);
      assert.deepEqual([again.outcome, again.proof?.kind], ['loaded', 'likely']);
    });
  });

  it('is none where the row of before is still listed after an unload that was said to be done', async () => {
    await withBench(files, async bench => {
      const { proof } = await bench.reload();
      let unloaded = false;
      const result = await reloadAltered(bench, {
        call: ({ tool }) => {
          if (tool !== 'kextunload' && tool !== 'kextload') return undefined;
          unloaded = tool === 'kextunload';
          return output({
            stdout: tool === 'kextload' ? '' : `${names.bundleIdentifier} unloaded and personalities removed.\n`,
          });
        },
        output: ({ tool }, told) =>
          tool === 'kextstat' && unloaded
            ? { ...told, stdout: told.stdout.replace(new RegExp(`^.* ${names.bundleIdentifier} .*\n`, 'm'), '') }
            : told,
      });
      assert.deepEqual([result.outcome, result.proof], ['failed', { ...proof, kind: 'sameRow' }]);
      assert.ok(result.diagnoses.some(({ cause, severity }) => cause === 'notReloaded' && severity === 'error'));
      assert.match(await said(bench, result), /^Failed: .* was not loaded anew: /);
    });
  });
});

describe('Another build than the one that was built', () => {
  /** Loads what lies in /Library/Extensions, whatever is asked for. */
  const stale = `/Library/Extensions/${names.driver}Stale.kext`;
  const fromStale: Alteration = { call: ({ tool }) => (tool === 'kextload' ? [stale] : undefined) };

  async function putStale(bench: SimulatedBench, result: OperationResult): Promise<void> {
    const place = join(bench.state, 'disk', stale);
    await rm(place, { recursive: true, force: true });
    await cp(result.bundle?.folder ?? '', place, { recursive: true });
  }

  it('is told as the one that ran before, by its commit’s time, with the file in which it lies', async () => {
    await withBench(files, async bench => {
      const first = await bench.reload();
      await putStale(bench, first);
      await writeDemo(changed(files), bench.project);
      const result = await reloadAltered(bench, fromStale);
      assert.deepEqual([result.outcome, result.proof?.kind], ['failed', 'anotherBuild']);
      assert.equal(result.proof?.uuid, first.bundle?.executable?.uuid);
      const [found] = result.diagnoses;
      assert.equal(found?.cause, 'wrongBuildRuns');
      assert.match(
        found?.message ?? '',
        /It is the one that ran before, the build of \d\d:\d\d\. It lies in \/Library\//,
      );
      assert.ok(found?.message.endsWith(`It lies in ${stale}.`), found?.message);
      assert.equal(found?.remedy, `Remove the copy in ${stale}, then reload.`);
    });
  });

  it('is told as an earlier one that is on the shelf, and as not known where it is not', async () => {
    await withBench(files, async bench => {
      await putStale(bench, await bench.reload());
      await reloadChanged(bench, changed(files, 2));
      await bench.unload();
      await writeDemo(changed(files, 3), bench.project);
      const onShelf = await reloadAltered(bench, fromStale);
      assert.match(onShelf.diagnoses[0]?.message ?? '', / It is the build of \d\d:\d\d\. It lies in /);

      await writeDemo(changed(files, 4), bench.project);
      const built = await buildKext(await bench.operation(), never);
      await putStale(bench, built);
      await bench.unload();
      await rm(join(bench.project, 'build'), { recursive: true });
      await writeDemo(changed(files, 5), bench.project);
      const unknown = await reloadAltered(bench, fromStale);
      assert.match(
        unknown.diagnoses[0]?.message ?? '',
        / It is not known: no reload on the shelf has its UUID\. It lies in /,
      );
    });
  });
});
