import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBuildCommand } from '../../../../src/ui/settings/buildCommand.ts';

function problem(value: unknown): string {
  const read = readBuildCommand(value);
  return 'problem' in read ? read.problem : assert.fail(`${JSON.stringify(value)} was taken`);
}

describe('kext.build.command', () => {
  it('is a list of words; none where it is not set', () => {
    assert.deepEqual(readBuildCommand(['make', '-j4']), ['make', '-j4']);
    assert.deepEqual(readBuildCommand([]), []);
    assert.deepEqual(readBuildCommand(undefined), []);
  });

  it('as a string is refused, with the list to write instead', () => {
    assert.equal(
      problem('make -j4'),
      'kext.build.command is "make -j4": write the program and its arguments as a list, ["make", "-j4"].',
    );
    assert.match(problem('make "A B=C"'), /\["make", "A B=C"\]\.$/);
    assert.match(problem(''), /is "": .*\["make", "-j4"\]\.$/);
  });

  it('of any other kind is refused, too', () => {
    assert.match(problem(['make', 4]), /is \["make",4\]: .*\["make", "4"\]\.$/);
    assert.match(problem({ make: true }), /\["make", "-j4"\]\.$/);
    assert.match(problem(7), /is 7: /);
  });

  it('that names no program is refused', () => {
    assert.match(problem(['']), /is \[""\]: .*\["make", "-j4"\]\.$/);
    assert.match(problem('""'), /\["make", "-j4"\]\.$/);
    assert.match(problem([' ', 'all']), /is \[" ","all"\]: .*\["make", "-j4"\]\.$/);
    assert.deepEqual(readBuildCommand(['make', '']), ['make', '']);
  });
});
