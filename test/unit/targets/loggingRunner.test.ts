import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LoggingRunner } from '../../../src/targets/loggingRunner.ts';
import { TargetLost, ToolNotStarted } from '../../../src/tools/port/toolErrors.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { fakeRunner, output } from '../simulator/fakeRunner.ts';

const never = new AbortController().signal;
const command = { tool: 'kextunload', argv: ['-b', "it's"], asRoot: true, timeoutMs: 1, parse: () => undefined };

async function logOf(told: Partial<ToolOutput>): Promise<string> {
  const log: string[] = [];
  const runner = new LoggingRunner(
    fakeRunner(() => output(told)),
    'Simulated Mac',
    text => log.push(text),
  );
  assert.deepEqual(await runner.run(command, never), output(told));
  assert.equal(log.length, 1);
  return (log[0] ?? '').replace(/\d+ ms/, 'N ms');
}

describe('The log of a tool’s call', () => {
  it('has where it ran, the command line, how it ended, and all that it said', async () => {
    assert.equal(
      await logOf({ stdout: 'one\ntwo\n', stderr: 'three\n', exitCode: 3 }),
      "Simulated Mac$ sudo kextunload -b 'it'\\''s'  (exited with 3, N ms)\none\ntwo\nthree",
    );
  });

  it('of a silent success is one line', async () => {
    assert.equal(await logOf({}), "Simulated Mac$ sudo kextunload -b 'it'\\''s'  (exited with 0, N ms)");
  });

  it('says how a tool ended that did not end by itself', async () => {
    assert.match(await logOf({ exitCode: null, signal: 'SIGKILL' }), /\(was killed by SIGKILL, N ms\)$/);
    assert.match(await logOf({ exitCode: null, timedOut: true }), /\(gave no answer in time, N ms\)$/);
    assert.match(await logOf({ exitCode: null, cancelled: true }), /\(was cancelled, N ms\)$/);
  });

  it('of several that ran together has each, the one that did not start as well', async () => {
    const log: string[] = [];
    const missing = new ToolNotStarted('csrutil', 'no such program on the PATH', true);
    const inner = fakeRunner(({ tool }) => {
      if (tool === 'csrutil') throw missing;
      return output({ stdout: `${tool} said\n` });
    });
    const asked = ['sw_vers', 'csrutil'].map(tool => ({ ...command, tool, argv: [], asRoot: false }));
    const endings = await new LoggingRunner(inner, 'here', text => log.push(text)).runTogether(asked, never);
    assert.deepEqual(endings, [output({ stdout: 'sw_vers said\n' }), missing]);
    assert.deepEqual(
      log.map(text => text.replace(/\d+ ms/, 'N ms')),
      ['here$ sw_vers  (exited with 0, N ms)\nsw_vers said', `here$ csrutil  (${missing.message})`],
    );
  });

  it('of several of which the machine is gone has each, and passes that on', async () => {
    const log: string[] = [];
    const failing = fakeRunner(() => Promise.reject(new TargetLost('test-mac is gone')));
    const runner = new LoggingRunner(failing, 'here', text => log.push(text));
    await assert.rejects(runner.runTogether([command, command], never), TargetLost);
    assert.deepEqual(log, Array(2).fill("here$ sudo kextunload -b 'it'\\''s'  (test-mac is gone)"));
  });

  it('says why a tool did not start, and passes that on', async () => {
    const log: string[] = [];
    const failing = fakeRunner(() => Promise.reject(new Error('no such program')));
    await assert.rejects(
      new LoggingRunner(failing, 'here', text => log.push(text)).run(command, never),
      /no such program/,
    );
    assert.deepEqual(log, ["here$ sudo kextunload -b 'it'\\''s'  (no such program)"]);
  });
});
