import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';
import { withLateCall, withStatement } from './badDrivers.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

before(() => prepareKernel());

describe('A driver whose start() never comes back', () => {
  const bad = withStatement(files, 'driver', 'start', 'for (;;) IOSleep(1000);');

  it('is loaded, and told on its start(); its unload is refused because of that, and not because of a leak', async () => {
    await withBench(bad.files, async bench => {
      const [starting, ...more] = (await bench.reload()).diagnoses;
      assert.deepEqual(more, []);
      assert.deepEqual([starting?.cause, starting?.severity, starting?.class], ['notStarted', 'warning', names.driver]);
      assert.match(starting?.message ?? '', new RegExp(`^${names.driver} is still inside its start\\(\\)`));
      assert.deepEqual([starting?.anchor?.file, starting?.anchor?.line], [join(bench.project, bad.file), bad.line - 2]);
      const unloaded = await bench.unload();
      assert.equal(unloaded.outcome, 'refused');
      const verdict = unloaded.diagnoses.find(each => each.class === names.driver);
      assert.equal(verdict?.verdict, 'held', JSON.stringify(unloaded.diagnoses));
      assert.match(verdict?.message ?? '', /its start\(\) has not come back/);
    });
  });
});

describe('A personality with a misspelt class', () => {
  it('is told at its IOClass, with the classes that there are', async () => {
    const infoPlist = files.get('Info.plist') ?? '';
    const misspelt = infoPlist.replace(
      new RegExp(`(<key>IOClass</key>\\s*<string>)${names.driver}<`),
      `$1${names.driver}x<`,
    );
    const line = misspelt.split('\n').findIndex(each => each.includes('<key>IOClass</key>')) + 1;
    await withBench(new Map(files).set('Info.plist', misspelt), async bench => {
      const [diagnosis, ...more] = (await bench.reload()).diagnoses;
      assert.deepEqual(more, []);
      assert.equal(diagnosis?.cause, 'notStarted');
      assert.match(diagnosis?.message ?? '', new RegExp(`there is no class ${names.driver}x, which its personality`));
      assert.ok(diagnosis?.remedy.includes(names.driver), diagnosis?.remedy);
      assert.deepEqual([diagnosis?.anchor?.file, diagnosis?.anchor?.line], [join(bench.project, 'Info.plist'), line]);
    });
  });
});

describe('A timer that might outlive its driver', () => {
  it('harms nothing where it has gone off by the unload', async () => {
    await withBench(withLateCall(files, 1, 'kMillisecondScale').files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const { target } = await bench.operation();
      await target.pause(1000, new AbortController().signal);
      assert.equal((await bench.unload()).outcome, 'unloaded');
    });
  });
});

describe('A process that has quit', () => {
  it('is not asked to quit: its client holds the driver by itself', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      const used = await bench.exercise(names.staying);
      assert.equal((await bench.unload()).outcome, 'refused');
      const operation = await bench.operation();
      const [using] = (await bench.snapshot()).processes?.filter(({ name }) => name === names.staying) ?? [];
      assert.ok(using, JSON.stringify(used));
      await operation.target.switches?.quit(using.pid, new AbortController().signal);
      const again = await bench.unload();
      assert.equal(again.outcome, 'refused');
      const held = again.diagnoses.find(each => each.class === names.driver);
      assert.match(held?.message ?? '', new RegExp(`${names.staying} \\(pid ${using.pid}\\) has quit, and its client`));
      assert.doesNotMatch(held?.remedy ?? '', /quit/);
    });
  });
});
