import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseTarget } from '../../../src/targets/targetChoice.ts';
import { openThisMac } from '../../../src/targets/thisMac.ts';
import type { Runner } from '../../../src/tools/runner.ts';
import { swVers } from '../../../src/tools/swVers.ts';
import { ToolNotStarted } from '../../../src/tools/toolErrors.ts';

const never = new AbortController().signal;

/** Remembers in which folder it was asked for what. */
function host(asked: string[]): Runner {
  return {
    runTogether: async () => assert.fail('each is asked by itself'),
    run: async ({ tool, folder }) => {
      asked.push(`${tool} in ${folder}`);
      return { stdout: '', stderr: '', exitCode: 0, signal: null, timedOut: false, cancelled: false };
    },
  };
}

describe('This Mac', () => {
  it('is read by processes that start in the root folder', async () => {
    const asked: string[] = [];
    const mac = openThisMac(host(asked));
    await mac.runner.run(swVers(), never);
    assert.deepEqual(asked, ['sw_vers in /']);
    assert.deepEqual([mac.id, mac.simulated], ['local', false]);
  });

  it('is not changed: nothing runs as root, nothing is copied', async () => {
    const asked: string[] = [];
    const mac = openThisMac(host(asked));
    await assert.rejects(mac.runner.run({ ...swVers(), asRoot: true }, never), ToolNotStarted);
    await assert.rejects(mac.copyBundle('/a.kext', '/b.kext', never), ToolNotStarted);
    assert.deepEqual(asked, []);
  });

  it('is a target for what reads, on a Mac', () => {
    for (const command of ['status', 'record'])
      assert.deepEqual(chooseTarget('local', command, 'darwin'), { thisMac: true });
    const problem = 'This Mac is only read so far: status and record work there, reload needs --target simulated';
    assert.deepEqual(chooseTarget('local', 'reload', 'darwin'), { problem });
    const none = '--target local is the Mac that you sit at, and this machine is none (linux)';
    assert.deepEqual(chooseTarget('local', 'status', 'linux'), { problem: none });
  });
});
