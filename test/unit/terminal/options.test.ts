import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandsToCome, optionsToCome } from '../../../src/terminal/commands.ts';
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
    assert.deepEqual(readOptions(['--json', 'exercise', 'turnctl', '--project=/p', '--build', '["make", "-j4"]']), {
      command: 'exercise',
      arguments: ['turnctl'],
      json: true,
      target: undefined,
      project: '/p',
      state: undefined,
      with: [],
      build: ['make', '-j4'],
      installPath: undefined,
      scheme: undefined,
      configuration: undefined,
      arch: undefined,
      unload: undefined,
      isOfLoad: false,
      log: undefined,
      registry: undefined,
      counts: undefined,
      source: undefined,
      plan: false,
      afterPanic: false,
      replace: false,
      reload: false,
      remove: false,
      yes: false,
    });
  });

  it('takes --with as often as there are folders', () => {
    assert.deepEqual(readOptions(['unload', '--with', 'a', '--with=b']).with, ['a', 'b']);
    assert.match(mistake('diagnose', '--unload', 'a', '--with', 'b'), /^diagnose does not take --with; /);
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

  it('with words that the command does not take is refused before anything is done', () => {
    assert.match(
      mistake('reload', 'other-project'),
      /^reload does not take other-project; it takes --target --project/,
    );
    assert.match(mistake('exercise', 'a', 'b', 'c'), /^exercise does not take b c; it takes \[NAME\] --target/);
    assert.match(mistake('parse', 'kextstat', 'a', 'b'), /^parse does not take b; it takes TOOL FILE --json$/);
    assert.match(mistake('diagnose', 'f', '--unload', 'a'), /^diagnose does not take f; it takes --unload --load/);
  });

  it('with an option of another command is refused', () => {
    assert.match(mistake('diagnose', '--unload', 'a', '--project', 'p'), /^diagnose does not take --project; /);
    assert.match(mistake('reload', '--unload', 'a'), /^reload does not take --unload; /);
  });

  it('names a command or an option that is not there yet', () => {
    for (const command of commandsToCome) assert.equal(mistake(command, 'x'), `${command} is not there yet`);
    for (const [option, type] of Object.entries(optionsToCome)) {
      const words = type === 'boolean' ? [`--${option}`] : [`--${option}`, 'x'];
      assert.equal(mistake('reload', ...words), `--${option} is not there yet`);
    }
  });

  it('says how a build is written, where it is none', () => {
    for (const build of ['make', '"make"', '[]', '[""]', '[" "]', '["make", 4]', '{}', '']) {
      assert.match(
        mistake('build', '--build', build),
        /^--build takes a JSON array, program and arguments, as \["make"/,
      );
    }
  });

  it('asks for help in three ways', () => {
    for (const argv of [['help'], ['-h'], ['--help'], ['reload', '--help'], ['help', 'reload']]) {
      assert.equal(readOptions(argv).command, 'help');
    }
  });
});
