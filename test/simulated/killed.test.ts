import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { buildWhenStale } from '../support/bundles.ts';
import { isRunning } from '../support/isRunning.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson, placeOf, startKextDev } from '../support/terminal.ts';
import { until } from '../support/until.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

before(() => Promise.all([prepareKernel(), buildWhenStale()]));

/** A reload in a terminal whose build says that it has begun, and goes on once `go` is there. */
async function reloads(bench: SimulatedBench) {
  const [begun, go] = ['begun', 'go'].map(name => join(bench.state, name)) as [string, string];
  const script = 'echo $$ >"$0"; while ! [ -e "$1" ]; do sleep 0.1; done; exec make';
  const build = JSON.stringify(['sh', '-c', script, begun, go]);
  const { child, ended } = startKextDev(['reload', ...placeOf(bench), '--build', build]);
  const pid = await until(
    'the build',
    async () => Number(await readFile(begun, 'utf8').catch(() => '')),
    found => found > 0,
  );
  return { child, ended, pid };
}

describe('A terminal that is killed in the middle of a reload', () => {
  it('leaves where it stopped, which the status and the next operation tell, and nothing locked or running', async () => {
    await withBench(files, async bench => {
      const { child, ended, pid } = await reloads(bench);
      const working = await kextDevJson(['status', ...placeOf(bench)]);
      assert.equal(working.document.interrupted, undefined, 'it works still');
      child.kill('SIGKILL');
      await ended;
      await until(
        'the end of the build',
        () => isRunning(pid),
        running => !running,
        5000,
      );
      const told = new RegExp(
        `Reload ${names.bundleIdentifier} stopped while building, .*at \\d\\d:\\d\\d: its process ${child.pid} is gone\\.`,
      );
      for (let look = 0; look < 2; look += 1) assert.match((await kextDev(['status', ...placeOf(bench)])).stdout, told);
      const again = await kextDev(['reload', ...placeOf(bench)]);
      assert.equal(again.status, 0);
      assert.match(again.stderr, /: building: Reload \S+ stopped while building, .*at \d\d:\d\d$/m);
      const { document } = await kextDevJson(['status', ...placeOf(bench)]);
      assert.deepEqual([document.interrupted, document.diagnoses], [undefined, []]);
    });
  });
});

describe('A second terminal', () => {
  it('names the first one, which works on the same kext, and takes its place with --replace', async () => {
    await withBench(files, async bench => {
      const { child, ended } = await reloads(bench);
      const second = await kextDev(['reload', ...placeOf(bench), '--replace']);
      assert.equal(second.status, 0, second.stderr);
      assert.deepEqual(await ended, [130, null]);
      await rm(join(bench.state, 'begun'));
      const third = await reloads(bench);
      const waiting = startKextDev(['unload', ...placeOf(bench)]);
      let said = '';
      waiting.child.stderr.on('data', piece => {
        said += piece;
      });
      const behind = new RegExp(`: waiting: reload ${names.bundleIdentifier}, process ${third.child.pid}$`, 'm');
      await until(
        'that it waits',
        () => said,
        text => behind.test(text),
      );
      waiting.child.kill('SIGINT');
      assert.deepEqual(await waiting.ended, [130, null]);
      third.child.kill('SIGINT');
      assert.deepEqual(await third.ended, [130, null]);
      assert.notEqual(child.pid, third.child.pid);
    });
  });
});
