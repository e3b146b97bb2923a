import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { OperationResult } from '../../../src/operations/operation.ts';
import { finishReload, reloadKext } from '../../../src/operations/reload.ts';
import { loadShelved } from '../../../src/operations/shelf/loadShelved.ts';
import { ShelfFolder } from '../../../src/operations/shelf/shelfFolder.ts';
import type { Answers } from './fakeTarget.ts';
import { infoPlist, kextstatOf, memoryRecords, sampleOperation, sampleProject, turbine } from './fakeTarget.ts';
import { buildSample, built, type Death, type MortalTarget, mortalTarget, older } from './mortalTarget.ts';
import { panicIn } from './panicReports.ts';

const { signal } = new AbortController();
const catalina = { stdout: 'ProductName:\tMac OS X\nProductVersion:\t10.15.7\nBuildVersion:\t19H2\n' };
const ventura = { stdout: 'ProductName:\tmacOS\nProductVersion:\t13.6\nBuildVersion:\t22G120\n' };
const runsMeanwhile = (mac: MortalTarget) => void mac.loaded.set(turbine, built);

let folder = '';
let shelf: ShelfFolder;
beforeEach(async () => {
  folder = await sampleProject();
  await buildSample(folder);
  shelf = new ShelfFolder(join(folder, 'state', 'shelf', turbine));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function on(mac: MortalTarget, records = memoryRecords()) {
  return { ...(await sampleOperation(folder, mac, records)), shelf };
}

/** A reload on a Mac that dies as told, or answers as told, and what the shelf has of it. */
async function reload(death: Death | undefined, loaded: string | undefined, answers: Answers = {}) {
  const mac = mortalTarget(death, { sw_vers: [catalina], ...answers });
  if (loaded !== undefined) {
    mac.loaded.set(turbine, loaded);
    // From where it was loaded.
    for (const path of ['/Library/Extensions', '/Library/Extensions/Turbine.kext']) mac.folders.add(path);
  }
  const result = await reloadKext(await on(mac), signal);
  return { result, kept: await shelf.reloads() };
}

const causes = ({ diagnoses }: Pick<OperationResult, 'diagnoses'>) => diagnoses.map(({ cause }) => cause);

describe('A reload is kept on the shelf', () => {
  for (const [what, loaded] of [
    ['the first one', undefined],
    ['one before which an older build was unloaded', older],
  ] as const)
    it(`where its connection broke at the load and the build runs: ${what}`, async () => {
      const { result, kept } = await reload({ at: 'kextload', backAfterMs: 1, meanwhile: runsMeanwhile }, loaded);
      assert.equal(result.outcome, 'loaded');
      assert.deepEqual(
        kept.map(({ outcome, phases, proof, uuid }) => ({ outcome, phases, proof, uuid })),
        [{ outcome: 'loaded', phases: result.phases, proof: result.proof, uuid: built }],
      );
    });

  it('where it took its Mac down, with the panic that was found', async () => {
    const meanwhile = (mac: MortalTarget) =>
      void mac.reports.set('Kernel_2020.panic', {
        age: 0,
        text: panicIn('Turbine::start(IOService*)', '_ZN7Turbine5startEP9IOService'),
      });
    const { result, kept } = await reload({ at: 'kextload', backAfterMs: 1, restarts: true, meanwhile }, undefined);
    assert.deepEqual([result.outcome, causes(result)], ['failed', ['panicked']]);
    assert.deepEqual(
      kept.map(each => [each.outcome, causes(each)]),
      [['failed', ['panicked']]],
    );
  });

  it('where the kernel would not load it, with why', async () => {
    const kextload = { exitCode: 71, stderr: `${turbine} failed to load - (libkern/kext) link error.\n` };
    const { result, kept } = await reload(undefined, undefined, { kextload: [kextload] });
    assert.deepEqual([result.outcome, kept.map(causes)], ['failed', [causes(result)]]);
    assert.match(await readFile(kept[0]?.log ?? '', 'utf8'), /link error/);
  });

  it('where a tool said what nobody understands', async () => {
    const mac = mortalTarget(undefined, {
      sw_vers: [catalina],
      kextstat: [kextstatOf(), { stdout: 'a turbine, of all things\n' }],
    });
    await assert.rejects(reloadKext(await on(mac), signal));
    assert.deepEqual(
      (await shelf.reloads()).map(({ outcome }) => outcome),
      ['failed'],
    );
  });

  it('and not where it never reached the kernel', async () => {
    const { result, kept } = await reload(undefined, undefined, { tar: [{ exitCode: 1, stderr: 'tar: no\n' }] });
    assert.deepEqual([result.outcome, kept], ['failed', []]);
  });
});

describe('A load whose connection broke is proved by what was to be loaded', () => {
  it('a build of the shelf by that one, not by the newest', async () => {
    const first = await reload(undefined, undefined);
    const [shelved] = first.kept;
    assert.ok(shelved);
    const executable = join(folder, 'build', 'Turbine.kext', 'Contents', 'MacOS', 'Turbine');
    const code = await readFile(executable);
    Buffer.from(older.replaceAll('-', ''), 'hex').copy(
      code,
      code.indexOf(Buffer.from(built.replaceAll('-', ''), 'hex')),
    );
    await writeFile(executable, code);
    const mac = mortalTarget({ at: 'kextload', backAfterMs: 1, meanwhile: runsMeanwhile }, { sw_vers: [catalina] });
    const { outcome, proof } = await loadShelved(await on(mac), shelved, signal);
    assert.deepEqual([outcome, proof?.kind], ['loaded', 'uuid']);
  });

  it('against the row that was listed before: one that stayed is told in the same way as without the break', async () => {
    const unloaded = { sw_vers: [ventura], kextunload: [{}] };
    const whole = await reload(undefined, built, unloaded);
    const broken = await reload({ at: 'kextload', backAfterMs: 1, meanwhile: runsMeanwhile }, built, unloaded);
    assert.equal(broken.result.proof?.kind, 'sameRow');
    assert.deepEqual(broken.result.proof, whole.result.proof);
    assert.deepEqual(causes(broken.result), causes(whole.result));
  });
});

describe('Finish Reload', () => {
  it('installs nothing that was built for the Simulated Mac', async () => {
    const plist = join(folder, 'build', 'Turbine.kext', 'Contents', 'Info.plist');
    await writeFile(plist, infoPlist.replace('<dict>', '<dict><key>KextDevCrossBuilt</key><true/>'));
    const mac = mortalTarget(undefined, { sw_vers: [catalina] });
    const records = memoryRecords({ bootTime: 500, diagnoses: [], pending: { uuid: built, until: 'restart' } });
    const result = await finishReload(await on(mac, records), signal);
    assert.deepEqual([result.outcome, causes(result)], ['failed', ['crossBuilt']]);
    assert.deepEqual(
      mac.lines.filter(line => /mkdir|tar|kextload/.test(line)),
      [],
    );
  });
});
