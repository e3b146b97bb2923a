import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { OnceFile } from '../../../src/operations/record/onceFile.ts';
import { reloadKext } from '../../../src/operations/reload.ts';
import { memoryRecords, sampleOperation, sampleProject } from './fakeTarget.ts';
import { buildSample, type Death, mortalTarget } from './mortalTarget.ts';

const ventura = { stdout: 'ProductName:\t\tmacOS\nProductVersion:\t\t13.5\nBuildVersion:\t\t22G91\n' };
const path = '/Library/Extensions/Turbine.kext';
const advice = new RegExp(`If test-mac no longer starts: safe mode, then remove ${path}\\.$`);

describe('What to do if the Mac no longer starts', () => {
  const folders: string[] = [];
  let advised: OnceFile;
  beforeEach(async () => {
    const state = await mkdtemp(join(tmpdir(), 'kext-dev-advised-'));
    folders.push(state);
    advised = new OnceFile(join(state, 'advised'));
  });
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  async function reload(death?: Death, tar: readonly object[] = [{}]) {
    const folder = await sampleProject();
    folders.push(folder);
    await buildSample(folder);
    const mac = mortalTarget(death, { sw_vers: [ventura], tar });
    mac.folders.add('/Library/Extensions');
    const told: string[] = [];
    const stop = new AbortController();
    const operation = await sampleOperation(folder, mac, memoryRecords());
    const result = await reloadKext(
      {
        ...operation,
        advised,
        progress: (phase, text) => {
          if (text === undefined || !advice.test(text)) return;
          told.push(phase);
          assert.equal(
            mac.lines.some(line => line.includes(`mv`)),
            false,
            'told before the copy is in place',
          );
        },
      },
      stop.signal,
    );
    const inResult = result.diagnoses.filter(
      ({ cause, message }) => cause === 'recoveryAdvice' && advice.test(message),
    );
    return { outcome: result.outcome, told, inResult: inResult.length };
  }

  it('is told before the copy is put in place and with the result, once for a Mac', async () => {
    assert.deepEqual(await reload(), { outcome: 'loaded', told: ['installing'], inResult: 1 });
    assert.deepEqual(await reload(), { outcome: 'loaded', told: [], inResult: 0 });
  });

  for (const [what, death] of [
    ['restarts the Mac', { at: 'kextload', backAfterMs: 5000, restarts: true }],
    ['takes the Mac down for good', { at: 'kextload' }],
  ] as const)
    it(`is told, too, with the result of a first load that ${what}`, async () => {
      assert.deepEqual(await reload(death), { outcome: 'failed', told: ['installing'], inResult: 1 });
      assert.equal(await advised.isDone(), true);
    });

  it('is told again where nothing was installed', async () => {
    const full = [{ stderr: 'tar: Write error: No space left on device\n', exitCode: 1 }];
    assert.deepEqual(await reload(undefined, full), { outcome: 'failed', told: ['installing'], inResult: 0 });
    assert.deepEqual(await reload(), { outcome: 'loaded', told: ['installing'], inResult: 1 });
  });
});
