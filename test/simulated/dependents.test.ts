import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { ToldPhase } from '../../src/operations/phases.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { outcomeText } from '../../src/report/outcomeText.ts';
import { linkedKexts, loadAll, phasesOf, three, uuids, withLinkedKexts } from '../support/linkedKexts.ts';
import { declarationOf, writeDemo } from '../support/renamedDemo.ts';
import { prepareKernel } from '../support/simulatedBench.ts';
import { filledIn } from './filledIn.ts';

const { signal } = new AbortController();
const kexts = await linkedKexts(3);

before(() => prepareKernel());

describe('A reload of a kext that others of the workspace are linked against', () => {
  it('unloads them first, the outermost first, loads them again in reverse, and proves them all', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      const loaded = await uuids(benches);
      const told: string[] = [];
      const progress = (phase: ToldPhase, _plan?: string, kext?: string) => told.push(`${phase} ${kext ?? ''}`.trim());
      const operation = await a.operation();
      const result = await reloadKext({ ...operation, progress }, signal);
      assert.deepEqual([result.outcome, result.diagnoses], ['loaded', []]);
      assert.deepEqual(phasesOf(result, benches), [
        'building',
        'unloading c',
        'unloading b',
        'unloading',
        'installing',
        'loading',
        'verifying',
        'loading b',
        'verifying b',
        'loading c',
        'verifying c',
      ]);
      assert.deepEqual(told.slice(1, 3), [`unloading ${c.bundleIdentifier}`, `unloading ${b.bundleIdentifier}`]);
      assert.deepEqual(await uuids(benches), loaded);
      assert.deepEqual(result.dependents, [
        { bundleIdentifier: c.bundleIdentifier, unload: 'unloaded', load: 'loaded', uuid: loaded[2] },
        { bundleIdentifier: b.bundleIdentifier, unload: 'unloaded', load: 'loaded', uuid: loaded[1] },
      ]);
      assert.match(
        outcomeText(result, operation),
        new RegExp(
          ` runs ${loaded[0]}, the same code, loaded anew\\. Loaded again: ${c.bundleIdentifier}, ${b.bundleIdentifier}\\.$`,
        ),
      );
      const kernel = (await a.snapshot()).kexts.map(({ bundleIdentifier }) => bundleIdentifier);
      assert.deepEqual(
        kernel.slice(-3),
        [a, b, c].map(({ bundleIdentifier }) => bundleIdentifier),
      );
    });
  });

  it('knows them also where the build fills in their identifiers', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      for (const bench of [b, c]) await writeDemo(filledIn(bench.files), bench.project);
      await loadAll(benches);
      const loaded = await uuids(benches);
      const { outcome, dependents } = await a.reload();
      assert.deepEqual(
        [outcome, dependents?.map(({ bundleIdentifier, load }) => [bundleIdentifier, load])],
        [
          'loaded',
          [
            [c.bundleIdentifier, 'loaded'],
            [b.bundleIdentifier, 'loaded'],
          ],
        ],
      );
      assert.deepEqual(await uuids(benches), loaded);
    });
  });

  it('leaves those alone that are linked against what they are not', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [, b] = three(benches);
      await loadAll(benches);
      const result = await b.reload();
      assert.deepEqual(
        phasesOf(result, benches).filter(phase => phase.startsWith('unloading')),
        ['unloading c', 'unloading'],
      );
      assert.equal(result.outcome, 'loaded');
    });
  });

  it('is refused where one of them leaks: that is told at its class, and what went comes back', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      const loaded = await uuids(benches);
      await b.exercise();
      const result = await a.reload();
      assert.equal(result.outcome, 'dependents');
      assert.deepEqual(phasesOf(result, benches), [
        'building',
        'unloading c',
        'unloading b: refused',
        'loading c',
        'verifying c',
      ]);
      const [leak, whole] = result.diagnoses;
      const declaration = declarationOf(b.engine, b.files);
      assert.deepEqual(
        [leak?.class, leak?.verdict, leak?.anchor?.file, leak?.anchor?.line],
        [b.engine, 'leaked', join(b.project, declaration.file), declaration.line],
      );
      assert.deepEqual([whole?.cause, whole?.anchor?.file], ['refused', join(b.project, 'Info.plist')]);
      assert.deepEqual(await uuids(benches), loaded);
      assert.deepEqual(
        result.dependents?.map(({ unload, load }) => [unload, load]),
        [
          ['unloaded', 'loaded'],
          ['refused', undefined],
        ],
      );
      const operation = await a.operation();
      assert.match(
        outcomeText(result, operation),
        new RegExp(
          `${b.bundleIdentifier}, which is linked against it, was not unloaded\\. Loaded again: ${c.bundleIdentifier}\\.$`,
        ),
      );
      // Each record speaks of its own kext.
      assert.deepEqual((await (await b.operation()).records.read())?.refused, { uuid: loaded[1] });
      for (const other of [a, c]) assert.equal(await (await other.operation()).records.read(), undefined);
      assert.ok(
        (await a.snapshot()).objects.every(({ active }) => active),
        'the kext itself was not touched',
      );
    });
  });

  it('that is refused itself brings them back, too', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a] = three(benches);
      await loadAll(benches);
      const loaded = await uuids(benches);
      await a.exercise();
      const result = await a.reload();
      assert.equal(result.outcome, 'refused');
      assert.deepEqual(phasesOf(result, benches).slice(1), [
        'unloading c',
        'unloading b',
        'unloading: refused',
        'loading b',
        'verifying b',
        'loading c',
        'verifying c',
      ]);
      assert.deepEqual(await uuids(benches), loaded);
    });
  });
});
