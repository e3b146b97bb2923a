import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bold, colouredResult } from '../../../../src/ui/tasks/taskColours.ts';

describe('In a task’s terminal', () => {
  it('a severity has its colour, and the last line is bold', () => {
    const text = 'My Rotor.hpp:9:7: error: it leaks\n    error: as a ground\nwarning: mind\nIt failed.';
    assert.deepEqual(colouredResult(text).split('\n'), [
      'My Rotor.hpp:9:7: \x1b[1;31merror\x1b[0m: it leaks',
      '    error: as a ground',
      '\x1b[1;33mwarning\x1b[0m: mind',
      bold('It failed.'),
    ]);
  });

  it('all else is as the command line has it', () => {
    assert.equal(colouredResult('It is loaded.'), bold('It is loaded.'));
    assert.equal(colouredResult('a:1:2: warning: b\nc').replaceAll(/\x1b\[[\d;]*m/g, ''), 'a:1:2: warning: b\nc');
  });
});
