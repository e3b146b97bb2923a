import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { rememberCounts } from '../../src/operations/record/countsAtLoad.ts';
import { readStanding } from '../../src/operations/record/readStanding.ts';
import { kextload } from '../../src/tools/kextload.ts';
import { kextunload } from '../../src/tools/kextunload.ts';
import { ask } from '../../src/tools/port/runner.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { kextDevJson, placeOf } from '../support/terminal.ts';
import { withStatement } from './badDrivers.ts';
import { withRunning } from './systemsSubject.ts';

const { signal } = new AbortController();
const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const { bundleIdentifier, engine } = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${bundleIdentifier}, ${engine}`);

before(() => Promise.all([prepareKernel(), buildWhenStale()]));

/** What somebody who has seen nothing of the kext before knows of its load. */
async function atLoad(bench: SimulatedBench): Promise<number | undefined> {
  return (await readStanding(await bench.operation(), await bench.snapshot(), signal)).atLoad?.get(engine);
}

async function inTerminal(bench: SimulatedBench) {
  const { document } = await kextDevJson(['status', ...placeOf(bench)]);
  const { classes } = document.kexts.find((each: { classes?: unknown }) => each.classes !== undefined);
  return classes.find(({ name }: { name: string }) => name === engine);
}

describe('What a load began with', () => {
  it('is known to whoever looks, so that what leaked since is told, through a refusal, too', async () => {
    const leaksOne = withStatement(files, 'userClient', 'start', `(void)OSTypeAlloc(${engine});`);
    await withBench(leaksOne.files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const begun = (await bench.snapshot()).classCounts.get(engine);
      for (let uses = 0; uses < 2; uses += 1) assert.equal((await bench.exercise()).outcome, 'used');
      assert.equal(await atLoad(bench), begun);
      assert.deepEqual(await inTerminal(bench), { name: engine, instances: (begun ?? 0) + 2, sinceLoad: 2 });
      await bench.exercise();
      assert.equal((await bench.reload()).outcome, 'refused');
      assert.equal(await atLoad(bench), begun);
      assert.equal((await inTerminal(bench)).sinceLoad, 3);
    });
  });

  it('is another one with the next load, and is not known of one that somebody else has done', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      assert.notEqual(await atLoad(bench), undefined);
      const { records, target } = await bench.operation();
      const first = await records.atLoad.read();
      assert.equal((await bench.reload()).outcome, 'loaded');
      assert.notDeepEqual(await records.atLoad.read(), first);
      await ask(target.runner, kextunload(bundleIdentifier), signal);
      assert.equal(await atLoad(bench), undefined);
      const [installed = assert.fail('nothing was loaded')] = bench.log.flatMap(
        line => /\bkextload (\S+\.kext)/.exec(line)?.[1] ?? [],
      );
      await ask(target.runner, kextload(installed), signal);
      assert.equal(await atLoad(bench), undefined);
    });
  });

  it('stays what it was where a load finds the kext loaded', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      const operation = await bench.operation();
      const first = await operation.records.atLoad.read();
      await bench.exercise();
      await rememberCounts(operation, undefined, await bench.snapshot());
      assert.deepEqual(await operation.records.atLoad.read(), first);
    });
  });

  it('is not known of what the start has loaded', async () => {
    await withRunning('macos-13', files, async bench => assert.equal(await atLoad(bench), undefined));
  });
});
