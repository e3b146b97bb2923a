import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Operation, OperationResult } from '../../../../src/operations/operation.ts';
import { TargetLost } from '../../../../src/tools/port/toolErrors.ts';
import { TaskMistake } from '../../../../src/ui/tasks/taskMistake.ts';
import { TaskRun } from '../../../../src/ui/tasks/taskRun.ts';
import type { Audience } from '../../../../src/ui/work/audience.ts';
import type { OperationQueue, Work } from '../../../../src/ui/work/operationQueue.ts';
import { fakeTarget, sampleOperation, sampleProject, turbine } from '../../operations/fakeTarget.ts';

const done: OperationResult = { outcome: 'unloaded', phases: [], diagnoses: [] };
let folder: string;
let operation: Operation;

before(async () => {
  folder = await sampleProject();
  operation = await sampleOperation(folder, fakeTarget({}));
});
after(() => rm(folder, { recursive: true }));

/** Runs `work` as a task whose queue does what `turn` says; gives the lines, without their weight and colour, and the exit status. */
async function run(
  work: Work<OperationResult>,
  turn: (audience: Audience, work: Work<OperationResult>, signal: AbortSignal) => Promise<OperationResult | undefined>,
  stop = new AbortController(),
) {
  let text = '';
  const write = (piece: string) => {
    text += piece;
  };
  const queue = {
    run: (request: { readonly audience?: Audience }, given: Work<OperationResult>) =>
      turn(request.audience ?? assert.fail('nobody is told'), given, stop.signal),
  } as Pick<OperationQueue, 'run'>;
  const kext = { bundleIdentifier: turbine, subject: turbine, open: () => assert.fail('the queue opens it') };
  const task = new TaskRun({ write, signal: stop.signal });
  const status = await task.run(queue, { title: 'Unload', work, kext, replacesItself: false });
  const lines = text.replaceAll(/\x1b\[[\d;]*m/g, '').split('\n');
  return { lines, status, ending: task.ending };
}

const atOnce = (_: Audience, work: Work<OperationResult>, signal: AbortSignal) => work(operation, signal);

describe('A task', () => {
  it('tells its phases, what the tools say and how it ended, as the command line does', async () => {
    const { lines, status, ending } = await run(async ({ progress, target, host }, signal) => {
      progress('building');
      await host.run({ tool: 'make', argv: ['all'], asRoot: false, timeoutMs: 1, parse: () => '' }, signal);
      progress('unloading', 'a plan');
      await target.runner.run({ tool: 'kextunload', argv: [], asRoot: true, timeoutMs: 1, parse: () => '' }, signal);
      await target.runner.run({ tool: 'kextstat', argv: [], asRoot: false, timeoutMs: 1, parse: () => '' }, signal);
      return done;
    }, atOnce);
    assert.deepEqual(lines, [
      `Unload ${turbine} on test-mac: building`,
      '$ make all',
      `Unload ${turbine} on test-mac: unloading: a plan`,
      '$ sudo kextunload',
      'kextunload: command not found',
      `${turbine} is unloaded from test-mac. Nothing of it is left.`,
      '',
    ]);
    assert.deepEqual([status, ending], [0, lines.at(-2)]);
  });

  it('tells what is in the way of its unload, and goes on', async () => {
    const { lines, status } = await run(
      async () => done,
      async (audience, work, signal) => {
        const obstacle = { kind: 'openClient', process: { name: 'rotorctl\x1b', pid: 401 } } as const;
        const question = {
          bundleIdentifier: turbine,
          target: 'test-mac',
          obstacles: [obstacle],
          canQuit: true,
          stayed: [],
        };
        assert.equal(await audience.askBeforeUnload?.(question), 'unload');
        return work(operation, signal);
      },
    );
    assert.deepEqual(lines.slice(0, 2), [
      `The unload of ${turbine} is likely to be refused:`,
      '  rotorctl\\x1b (pid 401) has it open: quit it first.',
    ]);
    assert.equal(status, 0);
  });

  it('that was refused fails', async () => {
    const { lines, status } = await run(async () => ({ ...done, outcome: 'refused' }), atOnce);
    assert.deepEqual([lines[0], status], [`${turbine} was not unloaded from test-mac: refused.`, 1]);
  });

  it('for which another one does the same says so', async () => {
    const { lines, status } = await run(assert.fail, async () => undefined);
    assert.deepEqual([lines[0], status], [`Unload ${turbine}: another one does the same.`, 130]);
  });

  it('that waits says for what, and is cancelled there', async () => {
    const stop = new AbortController();
    const waiting = async (audience: Audience) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      audience.waits('Unload it', { behind: 'Reload it', ended: promise, cancel: () => resolve(undefined) });
      stop.abort();
      return promise;
    };
    const { lines, status } = await run(assert.fail, waiting, stop);
    assert.deepEqual([lines, status], [['Unload it waits for the end of Reload it.', 'Cancelled.', ''], 130]);
  });

  it('that cannot run says why, with the status of the command line', async () => {
    const failing = (error: Error) =>
      run(assert.fail, async audience => {
        audience.failed(error);
        return undefined;
      });
    assert.deepEqual(await failing(new TargetLost('gone')), { lines: ['gone', ''], status: 3, ending: undefined });
    assert.deepEqual(await failing(new TaskMistake('frob')), { lines: ['frob', ''], status: 2, ending: undefined });
    assert.deepEqual((await failing(new Error('broken'))).status, 1);
  });

  it('that is cancelled and fails says why; by the cancel alone it is cancelled', async () => {
    const failing = (error: (signal: AbortSignal) => unknown) => {
      const stop = new AbortController();
      return run(
        assert.fail,
        async (audience, _, signal) => {
          stop.abort();
          audience.failed(error(signal));
          return undefined;
        },
        stop,
      );
    };
    const failed = await failing(() => new Error('goes on as root'));
    assert.deepEqual([failed.lines[0], failed.status], ['goes on as root', 1]);
    const cancelled = await failing(signal => signal.reason);
    assert.deepEqual([cancelled.lines[0], cancelled.status], ['Cancelled.', 130]);
  });

  it('that is cancelled in the kernel goes on to its end, and tells both', async () => {
    const stop = new AbortController();
    const { lines, status, ending } = await run(
      async ({ progress }) => {
        progress('unloading');
        stop.abort();
        return done;
      },
      atOnce,
      stop,
    );
    assert.deepEqual(lines.slice(1, 3), [
      'Cancelling after the unload, which is not stopped half-way.',
      `${turbine} is unloaded from test-mac. Nothing of it is left.`,
    ]);
    assert.deepEqual([status, ending], [0, lines[2]]);
  });

  it('that is cancelled while it builds is cancelled', async () => {
    const stop = new AbortController();
    const { lines, status, ending } = await run(
      async ({ progress }) => {
        progress('building');
        stop.abort();
        return { ...done, outcome: 'cancelled' };
      },
      atOnce,
      stop,
    );
    assert.deepEqual([lines[1], status, ending], ['Cancelled.', 130, undefined]);
  });
});
