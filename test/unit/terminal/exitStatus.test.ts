import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NoDriverUse } from '../../../src/operations/exercise.ts';
import type { Outcome } from '../../../src/operations/operation.ts';
import { errorText } from '../../../src/terminal/errorText.ts';
import { exitStatusOf } from '../../../src/terminal/exitStatus.ts';
import { UsageError } from '../../../src/terminal/options.ts';
import { TargetLost, ToolNotStarted, UnknownToolText } from '../../../src/tools/toolErrors.ts';
import { output } from '../simulator/fakeRunner.ts';

describe('The exit status', () => {
  const statuses: Readonly<Record<Outcome, number>> = {
    built: 0,
    loaded: 0,
    unloaded: 0,
    used: 0,
    restarted: 0,
    reset: 0,
    quit: 0,
    plugged: 0,
    unplugged: 0,
    panicked: 0,
    notFound: 0,
    approved: 0,
    waitingForApproval: 0,
    waitingForRestart: 0,
    refused: 1,
    dependents: 1,
    stopFailed: 1,
    notPrivileged: 1,
    stillLoaded: 1,
    failed: 1,
    unknown: 1,
    cancelled: 130,
  };
  for (const [outcome, status] of Object.entries(statuses)) {
    it(`of ${outcome} is ${status}`, () => assert.equal(exitStatusOf(outcome as Outcome), status));
  }
});

describe('An error in the terminal', () => {
  it('of the call: its words, 2', () => {
    assert.deepEqual(errorText(new UsageError('which?'), false), { message: 'which?', status: 2 });
    assert.deepEqual(errorText(new NoDriverUse('nothing says'), false), { message: 'nothing says', status: 2 });
  });

  it('of a missing tool: what to install, 2', () => {
    const { message, status } = errorText(new ToolNotStarted('clang++', 'no such program', true), false);
    assert.equal(status, 2);
    assert.match(
      message,
      /^clang\+\+ is missing: install clang, lld and llvm \(Debian: apt-get install clang lld llvm\)\.$/,
    );
    assert.equal(
      errorText(new ToolNotStarted('frob', 'x', true), false).message,
      'frob is missing: install it or set the PATH.',
    );
    assert.equal(
      errorText(new ToolNotStarted('frob', 'not executable', false), false).message,
      'frob did not start: not executable',
    );
  });

  it('of a target that went away: 3', () => {
    assert.deepEqual(errorText(new TargetLost('test-mac is gone'), false), { message: 'test-mac is gone', status: 3 });
  });

  it('of a tool that spoke an unknown language: all that it said, 1', () => {
    const error = new UnknownToolText('kextstat', 'a list', output({ stdout: 'a\n', stderr: 'b\n', exitCode: 4 }));
    assert.deepEqual(errorText(error, false), { message: 'kextstat exited with 4; expected a list\na\nb', status: 1 });
  });

  it('of any other kind: its message without its stack, 1', () => {
    assert.deepEqual(errorText(new Error('broken'), false), { message: 'broken', status: 1 });
    assert.deepEqual(errorText('just text', false), { message: 'just text', status: 1 });
  });

  it('after a cancellation is the cancellation, 130', () => {
    assert.deepEqual(errorText(new Error('broken'), true), { message: 'Cancelled.', status: 130 });
  });
});
