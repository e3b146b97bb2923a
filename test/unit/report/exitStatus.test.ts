import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Outcome } from '../../../src/operations/operation.ts';
import { exitStatusOf } from '../../../src/report/exitStatus.ts';

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
