import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { before, describe, it } from 'node:test';
import { obstacleText } from '../../src/diagnosis/unloadObstacles.ts';
import { planReload } from '../../src/operations/planReload.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { refusedFirst, type UnloadChoice, type UnloadQuestion } from '../../src/operations/unload/confirmUnload.ts';
import { unloadKext } from '../../src/operations/unload.ts';
import { outcomeText } from '../../src/report/outcomeText.ts';
import { planText } from '../../src/report/planText.ts';
import { buildWhenStale } from '../support/bundles.ts';
import {
  type LinkedBench,
  linkedKexts,
  loadAll,
  phasesOf,
  three,
  uuids,
  withLinkedKexts,
} from '../support/linkedKexts.ts';
import { prepareKernel } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson, placeOf } from '../support/terminal.ts';

const { signal } = new AbortController();
const kexts = await linkedKexts(3);
const gone = [undefined, undefined, undefined];

before(() => Promise.all([prepareKernel(), buildWhenStale()]));

/** What was asked before the work, which got that answer. */
async function withAnswer(bench: LinkedBench, choice: UnloadChoice, work: typeof unloadKext) {
  const asked: UnloadQuestion[] = [];
  const askBeforeUnload = async (question: UnloadQuestion) => {
    asked.push(question);
    return choice;
  };
  const result = await work({ ...(await bench.operation()), askBeforeUnload }, signal);
  return { result, asked, obstacles: asked.flatMap(question => question.obstacles.map(obstacleText)) };
}

describe('An unload of a kext that others of the workspace are linked against', () => {
  it('unloads them with it, and says so', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      const result = await a.unload();
      assert.deepEqual([result.outcome, result.diagnoses], ['unloaded', []]);
      assert.deepEqual(phasesOf(result, benches), ['unloading c', 'unloading b', 'unloading']);
      assert.deepEqual(await uuids(benches), gone);
      assert.match(
        outcomeText(result, await a.operation()),
        new RegExp(
          `^${a.bundleIdentifier} is unloaded .*\\. Unloaded with it: ${c.bundleIdentifier}, ${b.bundleIdentifier}\\.$`,
        ),
      );
    });
  });

  it('that is refused loads them again', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a] = three(benches);
      await loadAll(benches);
      const loaded = await uuids(benches);
      await a.exercise();
      const result = await a.unload();
      assert.equal(result.outcome, 'refused');
      assert.deepEqual(await uuids(benches), loaded);
    });
  });

  it('goes the same way where kexts come from a collection; a reload there unloads nothing', async () => {
    await withLinkedKexts(
      kexts.slice(0, 2),
      async benches => {
        const [a, b] = benches as [LinkedBench, LinkedBench];
        for (const bench of benches) {
          await bench.reload();
          await bench.approve();
          await bench.restart();
          assert.equal((await bench.finishReload()).outcome, 'loaded');
        }
        const plan = await planReload(await a.operation(), signal);
        assert.ok(plan.steps.every(({ kexts: named }) => named === undefined));
        const loaded = await uuids(benches);
        // The same build, so that its own unload is tried: what needs it stays.
        const reload = await a.reload();
        assert.deepEqual(
          reload.phases.filter(({ kext }) => kext !== undefined),
          [],
        );
        assert.deepEqual([reload.outcome, reload.dependents], ['dependents', undefined]);
        assert.deepEqual(await uuids(benches), loaded);
        const unload = await a.unload();
        assert.equal(unload.outcome, 'unloaded');
        assert.deepEqual(unload.dependents, [{ bundleIdentifier: b.bundleIdentifier, unload: 'unloaded' }]);
      },
      { scenario: 'macos-13' },
    );
  });
});

describe('Before an unload with dependents somebody is asked', () => {
  it('not about kexts of the workspace', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a] = three(benches);
      await loadAll(benches);
      for (const work of [reloadKext, unloadKext]) {
        const { asked } = await withAnswer(a, 'cancel', work);
        assert.deepEqual(asked, []);
      }
    });
  });

  it('but about a process that has one of them open; a cancel leaves everything as it was', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b] = three(benches);
      await loadAll(benches);
      const loaded = await uuids(benches);
      await b.exercise(b.staying);
      const { result, asked, obstacles } = await withAnswer(a, 'cancel', unloadKext);
      assert.equal(result.outcome, 'cancelled');
      assert.equal(obstacles.length, 1);
      assert.match(
        obstacles[0] ?? '',
        new RegExp(`^${b.staying} \\(pid \\d+\\) has ${b.bundleIdentifier} open: quit it first\\.$`),
      );
      assert.deepEqual(asked.map(refusedFirst), [b.bundleIdentifier]);
      assert.deepEqual([asked[0]?.canQuit, await uuids(benches)], [true, loaded]);
      assert.ok((await b.snapshot()).objects.every(({ active }) => active));
      // Quit first, the process holds nothing any more: what it leaves is a leak.
      const quit = await withAnswer(a, 'quit', unloadKext);
      const verdicts = quit.result.diagnoses.flatMap(({ verdict }) => verdict ?? []);
      assert.deepEqual(verdicts, ['leaked']);
    });
  });

  it('and about one that is not of the workspace', async () => {
    await withLinkedKexts(
      kexts,
      async benches => {
        const [a, b, c] = three(benches);
        await loadAll(benches);
        const { obstacles } = await withAnswer(a, 'cancel', reloadKext);
        assert.deepEqual(obstacles, [
          `${c.bundleIdentifier} is linked against ${b.bundleIdentifier}: unload that first.`,
        ]);
      },
      { strangers: [2] },
    );
  });
});

describe('The terminal', () => {
  it('takes other kexts from --with: the plan names them, the reload takes them along, as does an unload', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      const loaded = await uuids(benches);
      const place = [...placeOf(a), '--with', dirname(a.project)];
      const text = planText(await planReload(await a.operation(), signal));
      const down = [c, b, a].map(({ bundleIdentifier }) => bundleIdentifier);
      assert.match(text, new RegExp(`\nWith what is linked against it:\n +unloading +${down.join(', then ')}\n`));
      assert.match(text, new RegExp(`\n +loading +${down.toReversed().join(', then ')}$`, 'm'));
      assert.equal((await kextDev(['reload', '--plan', ...place])).stdout, `${text}\n`);
      const plan = await kextDevJson(['reload', '--plan', ...place]);
      const steps: readonly { name: string; kexts?: readonly string[] }[] = plan.document.plan.steps;
      assert.deepEqual(
        steps.map(({ name, kexts: named }) => [name, named]),
        [
          ['building', undefined],
          ['unloading', down],
          ['installing', undefined],
          ['loading', down.toReversed()],
          ['verifying', down.toReversed()],
        ],
      );

      const without = await kextDevJson(['reload', ...placeOf(a)]);
      assert.deepEqual([without.status, without.document.outcome], [1, 'dependents']);

      const reload = await kextDevJson(['reload', ...place]);
      assert.deepEqual([reload.status, reload.document.outcome], [0, 'loaded']);
      assert.deepEqual(
        reload.document.dependents,
        [c, b].map(({ bundleIdentifier }, at) => ({
          bundleIdentifier,
          unload: 'unloaded',
          load: 'loaded',
          uuid: loaded[2 - at],
        })),
      );
      assert.ok(
        reload.stderr.includes(`reload ${a.bundleIdentifier} on the Simulated Mac: unloading ${b.bundleIdentifier}\n`),
      );
      const named = reload.document.phases.filter(({ kext }: { kext?: string }) => kext !== undefined);
      assert.deepEqual(named.length, 6);

      const unload = await kextDev(['unload', ...placeOf(a), '--with', b.project, '--with', c.project]);
      assert.equal(unload.status, 0);
      assert.match(unload.stdout, new RegExp(`Unloaded with it: ${c.bundleIdentifier}, ${b.bundleIdentifier}\\.\n$`));
      assert.deepEqual(await uuids(benches), gone);
    });
  });

  it('has one Simulated Mac for kexts that are linked with one another', async () => {
    await withLinkedKexts(kexts.slice(0, 2), async benches => {
      const [a, b] = benches as [LinkedBench, LinkedBench];
      const environment = { XDG_STATE_HOME: dirname(a.state) };
      const place = (bench: LinkedBench) => ['--target', 'simulated', '--project', bench.project];
      assert.equal((await kextDev(['reload', ...place(a)], { environment })).status, 0);
      assert.equal((await kextDev(['reload', ...place(b)], { environment })).status, 1);
      const linked = await kextDev(['reload', ...place(b), '--with', a.project], { environment });
      assert.equal(linked.status, 0, linked.stdout);
      const again = await kextDev(['reload', ...place(a), '--with', b.project], { environment });
      assert.match(again.stdout, new RegExp(`Loaded again: ${b.bundleIdentifier}\\.\n$`));
    });
  });

  it('says what is wrong with a folder without kexts', async () => {
    await withLinkedKexts(kexts.slice(0, 1), async ([a]) => {
      const place = placeOf(a ?? assert.fail());
      const empty = await kextDev(['reload', ...place, '--with', import.meta.dirname + '/semantics']);
      assert.equal(empty.status, 2);
      assert.match(empty.stderr, /^No kext project in .*semantics; --with takes a folder with other kexts\n$/);
      const missing = await kextDev(['reload', ...place, '--with', '/nowhere']);
      assert.equal(missing.status, 2);
      assert.match(missing.stderr, /^\/nowhere does not exist; /);
    });
  });
});
