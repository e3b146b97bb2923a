import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import { exitStatusOfResult } from '../../../src/report/exitStatus.ts';

const error: Diagnosis = {
  about: 'load',
  cause: 'notStarted',
  severity: 'error',
  message: 'It did not start.',
  evidence: [],
  holders: [],
  remedy: '',
  certainty: 'certain',
};
const warning: Diagnosis = { ...error, severity: 'warning' };

describe('The exit status of a result', () => {
  it('is that of its outcome where no error was found', () => {
    assert.equal(exitStatusOfResult({ outcome: 'loaded', diagnoses: [warning] }), 0);
    assert.equal(exitStatusOfResult({ outcome: 'refused', diagnoses: [] }), 1);
    assert.equal(exitStatusOfResult({ outcome: 'cancelled', diagnoses: [error] }), 130);
  });

  it('is a failure with an error, but for what waits or was asked to panic', () => {
    assert.equal(exitStatusOfResult({ outcome: 'loaded', diagnoses: [error] }), 1);
    assert.equal(exitStatusOfResult({ outcome: 'waitingForRestart', diagnoses: [error] }), 0);
    assert.equal(exitStatusOfResult({ outcome: 'panicked', diagnoses: [error] }), 0);
  });
});
