import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseTarget } from '../../../src/targets/targetChoice.ts';
import { openThisMac, type ThisMacParts } from '../../../src/targets/thisMac.ts';
import { kextload } from '../../../src/tools/kextload.ts';
import type { Target } from '../../../src/tools/port/target.ts';
import { TargetLost } from '../../../src/tools/port/toolErrors.ts';
import { wholeOf } from '../../../src/tools/port/toolInput.ts';
import { swVers } from '../../../src/tools/swVers.ts';

const never = new AbortController().signal;

/** Remembers in which folder it was asked for what, and what a shell was given to do. */
function thisMac(asked: string[]): Target {
  const host: ThisMacParts['host'] = {
    runHeld: async ({ tool, input }) => {
      asked.push(
        `${tool}: ${/sudo -n -- 'kextload' '[^']*'/.exec(new TextDecoder().decode(wholeOf(input ?? [])))?.[0]}`,
      );
      return { stdout: '', stderr: '', exitCode: 0, signal: null, timedOut: false, cancelled: false };
    },
    runTogether: async () => assert.fail('each is asked by itself'),
    run: async ({ tool, folder }) => {
      asked.push(`${tool} in ${folder}`);
      return { stdout: '', stderr: '', exitCode: 0, signal: null, timedOut: false, cancelled: false };
    },
  };
  return openThisMac({ host, state: '/nowhere', log: () => undefined });
}

describe('This Mac', () => {
  it('is read by processes that start in the root folder', async () => {
    const asked: string[] = [];
    const mac = thisMac(asked);
    await mac.runner.run(swVers(), never);
    assert.deepEqual(asked, ['sw_vers in /']);
    assert.deepEqual([mac.id, mac.simulated], ['local', false]);
  });

  it('runs by sudo, in a shell of its own, what needs root', async () => {
    const asked: string[] = [];
    const mac = thisMac(asked);
    // Nothing comes back from a shell that does nothing.
    await assert.rejects(mac.runner.run(kextload('/a.kext'), never), TargetLost);
    await assert.rejects(mac.runner.runTogether([swVers(), kextload('/b.kext')], never), TargetLost);
    assert.deepEqual(asked, ["/bin/sh: sudo -n -- 'kextload' '/a.kext'", "/bin/sh: sudo -n -- 'kextload' '/b.kext'"]);
  });

  it('is a target on a Mac, but for what switches the Simulated Mac', () => {
    for (const command of ['status', 'record', 'reload', 'uninstall'])
      assert.deepEqual(chooseTarget('local', command, 'darwin'), { thisMac: true });
    const problem = 'restart is a switch of the Simulated Mac, and This Mac is none: --target simulated';
    assert.deepEqual(chooseTarget('local', 'restart', 'darwin'), { problem });
    const none = '--target "local": that is the Mac that you sit at, and this machine is none (linux)';
    assert.deepEqual(chooseTarget('local', 'status', 'linux'), { problem: none });
  });
});
