import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notSaidElsewhere } from '../../../../src/ui/problems/saidElsewhere.ts';
import { finding, verdict } from '../views.ts';

const file = '/p/Rotor.cpp';

function found(message: string, line = 12) {
  return { ...finding('build', 'buildError', message), anchor: { file, line, column: 5 } };
}

/** What is left of one finding beside what another extension says, on line 12. */
function left(message: string, said: string, line = 12): number {
  return notSaidElsewhere([found(message, line)], [{ file, line: 12, message: said }]).length;
}

describe('A build’s finding that a language server shows, too', () => {
  for (const [message, said] of [
    ["use of undeclared identifier 'spin'", "Use of undeclared identifier 'spin'"],
    ["unused variable 'speed' [-Wunused-variable]", "Unused variable 'speed' (fix available)"],
    ["no member named 'x' in 'Rotor'", "No member named 'x' in 'Rotor'\n\nRotor.hpp:3:7: note: 'Rotor' declared here"],
    ["expected ';' after expression", "Expected ';' after expression (fixes available)"],
    ['call to a deleted function', 'call to a deleted function.'],
  ] as const)
    it(`is shown once: ${message}`, () => assert.equal(left(message, said), 0));

  it('is shown beside what says something else, or stands on another line or in another file', () => {
    assert.equal(left("use of undeclared identifier 'spin'", 'identifier "spin" is undefined'), 1);
    assert.equal(left("use of undeclared identifier 'spin'", "Use of undeclared identifier 'spin'", 13), 1);
    const elsewhere = { file: '/p/Other.cpp', line: 12, message: 'no' };
    assert.equal(notSaidElsewhere([found('no')], [elsewhere]).length, 1);
  });

  it('leaves alone what is about a load or an unload, and what has no place', () => {
    const leaked = verdict({ anchor: { file, line: 12, column: 1 } });
    const failed = finding('build', 'buildError', 'The build failed.');
    const said = [leaked, failed].map(({ message }) => ({ file, line: 12, message }));
    assert.deepEqual(notSaidElsewhere([leaked, failed], said), [leaked, failed]);
  });
});
