import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadKext } from '../../../src/operations/loadKext.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { OnceFile } from '../../../src/operations/record/onceFile.ts';
import { finishReload, reloadKext } from '../../../src/operations/reload.ts';
import type { ThisMacCare } from '../../../src/operations/thisMacCare.ts';
import { unloadKext } from '../../../src/operations/unload.ts';
import { fakeRunner, output } from '../simulator/fakeRunner.ts';
import { fakeTarget, kextstatOf, memoryRecords, sampleOperation, sampleProject, turbine } from './fakeTarget.ts';

const { signal } = new AbortController();
const uuid = 'AAAAAAAA-0000-0000-0000-000000000000';

describe('Before a kext is loaded or unloaded on This Mac', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** An operation of This Mac, and what was done, in order: answers, saves, and tools of the host and of the target. */
  async function onThisMac(told: Partial<ThisMacCare>) {
    const done: string[] = [];
    const target = fakeTarget({
      kextstat: [kextstatOf([turbine, uuid]), kextstatOf()],
      kextunload: [{ stdout: `${turbine} unloaded and personalities removed.\n` }],
    });
    const { runner } = target;
    const care: ThisMacCare = {
      mayLoad: async () => true,
      saveFiles: async () => void done.push('saved'),
      ...told,
    };
    const sample = await sampleOperation(
      folder,
      {
        ...target,
        runner: {
          run: (command, ...more) => {
            done.push(command.tool);
            return runner.run(command, ...more);
          },
          runTogether: (...more) => runner.runTogether(...more),
        },
      },
      memoryRecords(),
    );
    const host = fakeRunner(({ tool }) => {
      done.push(tool);
      return output({});
    });
    const operation: Operation = { ...sample, host, thisMacCare: care };
    return { operation, done };
  }

  for (const [name, work] of Object.entries({ load: loadKext, reload: reloadKext, 'finish a reload': finishReload }))
    it(`nothing is done where somebody says no: ${name}`, async () => {
      const { operation, done } = await onThisMac({ mayLoad: async () => false });
      assert.equal((await work(operation, signal)).outcome, 'cancelled');
      assert.deepEqual(done, []);
    });

  it('all files are saved and the disks are synced, right before the kernel is asked', async () => {
    const { operation, done } = await onThisMac({});
    await unloadKext(operation, signal);
    const at = done.indexOf('kextunload');
    assert.deepEqual(done.slice(at - 2, at + 1), ['saved', 'sync', 'kextunload']);
  });

  it('nobody is asked about an unload alone', async () => {
    const { operation } = await onThisMac({ mayLoad: async () => assert.fail('asked') });
    await unloadKext(operation, signal);
  });

  it('where nobody can be asked the operation says so', async () => {
    const { operation, done } = await onThisMac({ mayLoad: async () => Promise.reject(new Error('say --yes')) });
    await assert.rejects(reloadKext(operation, signal), /say --yes/);
    assert.deepEqual(done, []);
  });
});

describe('That kexts may be loaded on This Mac', () => {
  it('is remembered once it was said', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'kext-dev-agreement-'));
    try {
      const agreement = new OnceFile(join(scratch, 'targets', 'local', 'loads-kexts'));
      assert.equal(await agreement.isDone(), false);
      await agreement.done();
      assert.equal(await agreement.isDone(), true);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
});
