import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NoDriverUse } from '../../../src/operations/exercise.ts';
import { errorText } from '../../../src/terminal/errorText.ts';
import { UsageError } from '../../../src/terminal/options.ts';
import { RootRefused, TargetLost, ToolNotStarted, UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { output } from '../simulator/fakeRunner.ts';

const never = new AbortController().signal;

describe('An error in the terminal', () => {
  it('of the call: its words, 2', () => {
    assert.deepEqual(errorText(new UsageError('which?'), never), { message: 'which?', status: 2 });
    assert.deepEqual(errorText(new NoDriverUse('nothing says'), never), { message: 'nothing says', status: 2 });
  });

  it('of a missing tool: what to install, 2', () => {
    const { message, status } = errorText(new ToolNotStarted('clang++', 'no such program', true), never);
    assert.equal(status, 2);
    assert.match(
      message,
      /^clang\+\+ is missing: install clang, lld and llvm \(Debian: apt-get install clang lld llvm\)\.$/,
    );
    assert.equal(
      errorText(new ToolNotStarted('frob', 'x', true), never).message,
      'frob is missing: install it or set the PATH.',
    );
    assert.equal(
      errorText(new ToolNotStarted('frob', 'not executable', false), never).message,
      'frob did not start: not executable',
    );
  });

  it('of a target that went away: 3', () => {
    assert.deepEqual(errorText(new TargetLost('test-mac is gone'), never), { message: 'test-mac is gone', status: 3 });
  });

  it('of a tool that spoke an unknown language: all that it said, 1', () => {
    const error = new UnknownToolText('kextstat', 'a list', output({ stdout: 'a\n', stderr: 'b\n', exitCode: 4 }));
    assert.deepEqual(errorText(error, never), { message: 'kextstat exited with 4; expected a list\na\nb', status: 1 });
  });

  it('of any other kind: its message without its stack, 1', () => {
    assert.deepEqual(errorText(new Error('broken'), never), { message: 'broken', status: 1 });
    assert.deepEqual(errorText('just text', never), { message: 'just text', status: 1 });
  });

  it('that is the cancel itself says that, 130', () => {
    const stopped = AbortSignal.abort();
    const notGiven = new RootRefused('kextunload', 'no password was given', 'passwordNotGiven');
    for (const error of [stopped.reason, notGiven])
      assert.deepEqual(errorText(error, stopped), { message: 'Cancelled.', status: 130 });
    assert.equal(errorText(notGiven, never).status, 1);
  });

  it('behind a cancel is told as what it is', () => {
    assert.deepEqual(errorText(new Error('broken'), AbortSignal.abort()), { message: 'broken', status: 1 });
  });
});
