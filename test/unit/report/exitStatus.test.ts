import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import type { Outcome } from '../../../src/operations/operation.ts';
import { exitStatusOf, exitStatusOfResult } from '../../../src/report/exitStatus.ts';

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

describe('The exit status', () => {
  const statuses: Readonly<Record<Outcome, number>> = {
    built: 0,
    installed: 0,
    uninstalled: 0,
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
