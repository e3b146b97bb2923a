import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { uninstallKext } from '../../src/operations/uninstallKext.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { writeDemo } from '../support/renamedDemo.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson, placeOf } from '../support/terminal.ts';
import { filledIn } from './filledIn.ts';
import { changed, files, listed, names, never } from './systemsSubject.ts';

before(() => Promise.all([prepareKernel(), buildWhenStale()]));

const ventura = { scenario: 'macos-13' } as const;
describe('A kext whose identifier the build fills in', () => {
  it('is remembered from its first reload on, and known when its product is gone', async () => {
    await withBench(
      filledIn(files),
      async bench => {
        const place = placeOf(bench);
        const unbuilt = await kextDev(['unload', ...place]);
        assert.match(unbuilt.stderr + unbuilt.stdout, /No kext with an identifier that fits its Info\.plist is below /);
        const first = await kextDevJson(['reload', ...place]);
        assert.equal(first.document.outcome, 'waitingForApproval', JSON.stringify(first.document.diagnoses));
        const told = async () => (await kextDevJson(['status', ...place])).document;
        const waiting = await told();
        assert.equal(waiting.project.bundleIdentifier, names.bundleIdentifier);
        assert.deepEqual(
          waiting.diagnoses.map(({ cause }: { cause: string }) => cause),
          ['waitingForApproval'],
        );
        assert.equal((await kextDevJson(['shelf', ...place])).document.reloads.length, 1);

        await rm(join(bench.project, 'build'), { recursive: true });
        const cleaned = await told();
        assert.equal(cleaned.project.bundleIdentifier, names.bundleIdentifier);
        assert.deepEqual(
          cleaned.diagnoses.map(({ cause }: { cause: string }) => cause),
          ['waitingForApproval'],
        );

        await bench.approve();
        await bench.restart();
        const second = await kextDevJson(['reload', ...place]);
        assert.equal(second.document.outcome, 'loaded', second.stderr);
        assert.equal((await kextDevJson(['shelf', ...place])).document.reloads.length, 2);
        assert.equal((await readdir(join(bench.state, 'shelf'))).length, 1);
        assert.notEqual(await listed(bench), undefined);

        await rm(join(bench.project, 'build'), { recursive: true });
        const gone = await kextDevJson(['unload', ...place]);
        assert.equal(gone.document.outcome, 'unloaded', gone.stderr);
        assert.equal(await listed(bench), undefined);
      },
      ventura,
    );
  });

  it('goes by the identifier of its newest build where that is another one', async () => {
    await withBench(filledIn(files), async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      assert.equal((await uninstallKext(await bench.operation(), never)).outcome, 'uninstalled');
      const other = `${names.bundleIdentifier}.other`;
      await writeDemo(filledIn(changed(files), other), bench.project);
      const { outcome, bundle, diagnoses } = await bench.reload();
      assert.equal(outcome, 'loaded', JSON.stringify(diagnoses));
      assert.equal(bundle?.infoPlist.bundleIdentifier, other);
      assert.equal((await bench.operation()).project.bundleIdentifier, other);
    });
  });
});
