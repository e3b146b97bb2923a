import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { stepText } from '../../src/model/driverUse.ts';
import { loadedKext } from '../../src/model/snapshot.ts';
import { SwitchRefused } from '../../src/tools/port/toolErrors.ts';
import { demoEdits } from '../support/demoEdits.ts';
import { type DemoFiles, demoNames, readDemo, renameDemo, useFile } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson, onlyLine, placeOf } from '../support/terminal.ts';
import { withStatement } from './badDrivers.ts';

const seed = runSeed();
const files = cured(renameDemo(await readDemo(), seed));
const names = demoNames(files);
const { signal } = new AbortController();
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

before(() => prepareKernel());

/** Without the leak: only what a process holds keeps the kext. */
function cured(leaking: DemoFiles): DemoFiles {
  return demoEdits.find(({ cures }) => cures)?.apply(leaking) ?? leaking;
}

/** With a user client that opens the driver for its process, and a process that stays. */
function heldOpen(): DemoFiles {
  const opening = withStatement(files, 'userClient', 'start', 'if (!provider->open(this)) return false;').files;
  const both = withStatement(opening, 'userClient', 'clientClose', 'driver->close(this);').files;
  const file = useFile(files);
  const withOneUse = [...both].filter(([name]) => name === file || !name.endsWith('.exercise.json'));
  return new Map(withOneUse).set(file, JSON.stringify({ ...JSON.parse(files.get(file) ?? ''), keepsRunning: true }));
}

describe('A process that keeps running', () => {
  it('holds the driver open: quit first, and the kext goes', async () => {
    await withBench(heldOpen(), async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const { outcome, steps, pid = 0 } = await bench.exercise();
      assert.equal(outcome, 'used');
      assert.deepEqual(steps.map(stepText), [`open ${names.driver}`, 'call 0', 'call 1', 'call 2']);
      await bench.target.switches.quit(pid, signal);
      assert.equal((await bench.unload()).outcome, 'unloaded');
    });
  });

  // Termination destroys the process's port (IOUserClient::destroyUserReferences), so clientDied() is never called.
  it('keeps the kext when the unload comes first, and quitting it then is too late', async () => {
    await withBench(heldOpen(), async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const { pid = 0 } = await bench.exercise();
      const refused = await bench.unload();
      assert.equal(refused.outcome, 'refused');
      assert.ok(refused.diagnoses.some(({ verdict }) => verdict === 'held'));
      await bench.target.switches.quit(pid, signal);
      assert.equal((await bench.unload()).outcome, 'refused');
    });
  });

  it('is ended by a restart, and its pid is nobody any more', async () => {
    await withBench(heldOpen(), async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const { pid = 0 } = await bench.exercise();
      assert.equal((await bench.restart()).outcome, 'restarted');
      await assert.rejects(bench.target.switches.quit(pid, signal), SwitchRefused);
    });
  });

  it('in the terminal: it is named with its pid, and quit by it', async () => {
    await withBench(heldOpen(), async bench => {
      const at = placeOf(bench);
      assert.equal((await kextDev(['reload', ...at])).status, 0);
      const used = await kextDev(['exercise', ...at]);
      assert.equal(used.status, 0);
      const pid = new RegExp(`${names.process} \\(pid (\\d+)\\) has it open\\.`).exec(used.stdout)?.[1] ?? '';
      const wrong = await kextDev(['quit', '99', ...at]);
      assert.equal(wrong.status, 2);
      assert.match(onlyLine(wrong), new RegExp(`pid 99 .*; there are ${names.process} \\(pid ${pid}\\)\\.$`));
      const quit = await kextDev(['quit', pid, ...at]);
      assert.deepEqual([quit.status, quit.stdout], [0, 'The process has quit.\n']);
      assert.match(onlyLine(await kextDev(['quit', pid, ...at])), /there is none\.$/);
    });
  });
});

/** A driver of a device: an IOPlatformDevice with the name `crane`. */
function ofDevice(): DemoFiles {
  const infoPlist = files.get('Info.plist') ?? '';
  const edited = infoPlist
    .replace(
      /(<key>IOProviderClass<\/key>\s*)<string>IOResources<\/string>/,
      '$1<string>IOPlatformDevice</string>\n\t\t\t<key>IONameMatch</key>\n\t\t\t<string>crane</string>',
    )
    .replace(/\s*<key>IO(?:Resource)Match<\/key>\s*<string>\w+<\/string>/, '');
  assert.match(edited, /IONameMatch/);
  return new Map(files).set('Info.plist', edited);
}

describe('A device', () => {
  it('brings its driver to life when it is plugged in, and takes it along when it is pulled out', async () => {
    await withBench(ofDevice(), async bench => {
      const { switches } = bench.target;
      const drivers = async () => (await bench.snapshot()).classCounts.get(names.driver);
      const loaded = await bench.reload();
      assert.deepEqual([loaded.outcome, ...loaded.diagnoses.map(({ cause }) => cause)], ['loaded', 'notStarted']);
      await switches.plug('lamp', signal);
      assert.equal(await drivers(), 0);
      await switches.plug('crane', signal);
      assert.equal(await drivers(), 1);
      assert.equal((await bench.exercise()).outcome, 'used');
      await assert.rejects(switches.plug('crane', signal), new SwitchRefused('crane is plugged in already.'));
      await switches.unplug('crane', signal);
      assert.equal(await drivers(), 0);
      const said = 'crane is not plugged in; plugged in are lamp.';
      await assert.rejects(switches.unplug('crane', signal), new SwitchRefused(said));
      assert.equal((await bench.unload()).outcome, 'unloaded');
      await bench.restart();
      await assert.rejects(switches.unplug('lamp', signal), /not plugged in; there is none\.$/);
    });
  });

  it('in the terminal: by its name', async () => {
    await withBench(ofDevice(), async bench => {
      const at = placeOf(bench);
      assert.equal((await kextDev(['plug', 'crane', ...at])).stdout, 'The device is in the Simulated Mac.\n');
      assert.equal((await kextDev(['plug', 'crane', ...at])).status, 2);
      assert.equal((await kextDev(['unplug', 'crane', ...at])).stdout, 'The device is out of the Simulated Mac.\n');
      assert.equal((await kextDev(['plug', ...at])).status, 2);
    });
  });
});

describe('A panic by the hand of the user', () => {
  it('is told, and the Mac has restarted', async () => {
    await withBench(files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const before = (await bench.snapshot()).system.bootTime ?? 0;
      await bench.target.switches.panic(signal);
      assert.match((await bench.target.takePanic())?.reason ?? '', /^NMI: /);
      assert.equal(await bench.target.takePanic(), undefined);
      const after = await bench.snapshot();
      assert.equal(loadedKext(after, names.bundleIdentifier), undefined);
      assert.ok((after.system.bootTime ?? 0) > before);
    });
  });

  it('in the terminal: done, with the panic among the findings', async () => {
    await withBench(files, async bench => {
      const { status, document } = await kextDevJson(['panic', ...placeOf(bench)]);
      assert.deepEqual([status, document.outcome, document.diagnoses[0]?.cause], [0, 'panicked', 'panicked']);
    });
  });
});
