import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOptions, UsageError } from '../../../src/terminal/options.ts';

function mistake(...argv: readonly string[]): string {
  try {
    readOptions(argv);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return assert.fail(`${argv.join(' ')} was taken`);
}

describe('A command line', () => {
  it('is a command, its arguments, and options in any order', () => {
    assert.deepEqual(readOptions(['--json', 'parse', 'kextstat', '--project=/p', '-']), {
      command: 'parse',
      arguments: ['kextstat', '-'],
      json: true,
      target: undefined,
      project: '/p',
      state: undefined,
      unload: undefined,
      registry: undefined,
      counts: undefined,
      source: undefined,
    });
  });

  it('has --load as another name for --unload', () => {
    assert.equal(readOptions(['diagnose', '--load', 'a']).unload, 'a');
    assert.equal(readOptions(['diagnose', '--load', 'a', '--unload', 'b']).unload, 'b');
  });

  it('that does not fit is told in one line, with what does', () => {
    for (const argv of [[], ['--frob'], ['reload', '--target'], ['reload', '--json=yes'], ['-x']]) {
      const said = mistake(...argv);
      assert.doesNotMatch(said, /\n/);
      assert.match(said, /kext-dev reload\|/);
    }
    assert.match(mistake('--frob'), /^Unknown option '--frob'\. Usage: /);
    assert.match(mistake('reload', '--target'), /^Option '--target <value>' argument missing\. Usage: /);
  });
});
