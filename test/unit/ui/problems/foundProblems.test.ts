import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildProblems, loadProblems } from '../../../../src/ui/problems/foundProblems.ts';
import type { Problem } from '../../../../src/ui/problems/problem.ts';
import { finding, verdict } from '../views.ts';

const mac = { id: 'ssh:test-mac', name: 'test-mac', called: 'test-mac', simulated: false };
const simulated = { id: 'simulated', name: 'Simulated Mac', called: 'the Simulated Mac', simulated: true };
const place = { file: '/p/Rotor.cpp', line: 7, column: 7 };
const error = { ...finding('build', 'buildError', "expected ';'"), anchor: place };
const leak = verdict({ anchor: place });

const said = (problems: readonly Problem[]) =>
  problems.map(({ source, cause, ofAnother = false }) => [source, cause, ofAnother]);

describe('The Problems of a window', () => {
  it('are those of all its kexts, each with its target; those of a simulated one say so, a build’s, too', () => {
    const findings = [
      { target: simulated, diagnoses: [error, leak] },
      { target: mac, diagnoses: [{ ...error, message: 'unknown type name' }, leak] },
    ];
    assert.deepEqual(said(loadProblems(findings)), [
      ['kext · Simulated', 'leaked', false],
      ['kext · test-mac', 'leaked', true],
    ]);
    assert.deepEqual(said(buildProblems(findings, () => [])), [
      ['kext · Simulated', 'buildError', false],
      ['kext · test-mac', 'buildError', true],
    ]);
  });

  it('have what two kexts’ builds found in a file of both once, as that of the kext that is shown', () => {
    const findings = [simulated, mac].map(target => ({ target, diagnoses: [error] }));
    assert.deepEqual(said(buildProblems(findings, () => [])), [['kext · Simulated', 'buildError', false]]);
  });

  it('leave out what a language server says of the file', () => {
    const others = (file: string) => [{ file, line: 7, message: "Expected ';'" }];
    assert.deepEqual(buildProblems([{ target: mac, diagnoses: [error] }], others), []);
  });
});
