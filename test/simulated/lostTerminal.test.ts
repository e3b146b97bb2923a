import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';
import { placeOf, startKextDev } from '../support/terminal.ts';

const files = await readDemo();
const { bundleIdentifier } = demoNames(files);

before(() => Promise.all([prepareKernel(), buildWhenStale()]));

describe('A command whose words nobody reads any more', () => {
  it('ends as it would have: `kext-dev … | head`', async () => {
    const { child, ended } = startKextDev(['explain', '0xdc008017', '--json']);
    child.stdout.destroy();
    assert.deepEqual([await ended, await text(child.stderr)], [[0, null], '']);
  });

  it('goes on to its end: `kext-dev reload … | tee`, where a Ctrl-C ends tee', async () => {
    await withBench(files, async bench => {
      const { child, ended } = startKextDev(['reload', ...placeOf(bench)]);
      await once(child.stderr, 'data');
      child.stderr.destroy();
      child.stdout.destroy();
      assert.deepEqual(await ended, [0, null]);
      assert.ok(loadedKext(await bench.snapshot(), bundleIdentifier));
    });
  });

  it('because its terminal was closed is cancelled, as by Ctrl-C: what has reached the kernel comes to its end', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      const { child, ended } = startKextDev(['unload', ...placeOf(bench)]);
      await once(child.stderr, 'data');
      child.kill('SIGHUP');
      child.stderr.destroy();
      child.stdout.destroy();
      assert.deepEqual((await ended)[1], null);
      assert.equal(await (await bench.operation()).records.journal.read(), undefined);
    });
  });
});
