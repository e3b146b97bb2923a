import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    const mac = openThisMac(host(asked), 'darwin');
    if ('problem' in mac) assert.fail(mac.problem);
    await mac.runner.run(swVers(), never);
    assert.deepEqual(asked, ['sw_vers in /']);
    assert.deepEqual([mac.id, mac.simulated], ['local', false]);
  });

  it('is not changed: nothing runs as root, nothing is copied', async () => {
    const asked: string[] = [];
    const mac = openThisMac(host(asked), 'darwin');
    if ('problem' in mac) assert.fail(mac.problem);
    await assert.rejects(mac.runner.run({ ...swVers(), asRoot: true }, never), ToolNotStarted);
    await assert.rejects(mac.copyBundle('/a.kext', '/b.kext', never), { name: 'TargetLost' });
    assert.deepEqual(asked, []);
  });

  it('is refused in one line where this machine is no Mac', () => {
    const mac = openThisMac(host([]), 'linux');
    assert.ok('problem' in mac && /^--target local .*linux\)$/.test(mac.problem));
  });
});
