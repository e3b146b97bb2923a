import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Outcome } from '../../../src/operations/operation.ts';
import type { PhaseName } from '../../../src/operations/phases.ts';
import {
  diagnosesAfter,
  lastingDiagnoses,
  mergedDiagnoses,
  replacesDiagnoses,
} from '../../../src/ui/lastingDiagnoses.ts';
import { finding, verdict } from './views.ts';

const build = finding('build', 'buildError', "expected ';'");
const panicked = finding('load', 'panicked', 'It panicked.');
const notStarted = finding('load', 'notStarted', 'Turbine does not run.');
const notRun = finding('load', 'notRunHere', 'Turbine is not run here.');
const needed = finding('unload', 'dependents', 'Turbine is in use.');
const refused = verdict({});
const all = [build, panicked, notStarted, notRun, needed];

function result(outcome: Outcome, phases: readonly PhaseName[], diagnoses = [refused]) {
  return { outcome, phases: phases.map(name => ({ name, ms: 1, outcome: 'done' as const })), diagnoses };
}

describe('Findings', () => {
  const still = { sameBoot: true, loaded: true, refused: false };

  it('last as long as they hold', () => {
    assert.deepEqual(lastingDiagnoses(all, still), all);
    assert.deepEqual(lastingDiagnoses(all, { ...still, loaded: false }), [build, panicked]);
    assert.deepEqual(lastingDiagnoses(all, { ...still, sameBoot: false }), [build]);
  });

  it('of a refusal are those of the kext’s record, which another window may have written', () => {
    assert.deepEqual(lastingDiagnoses([build, refused], { ...still, refused: true }), [build]);
  });

  it('that are remembered and shown come once', () => {
    const other = verdict({ message: 'other' });
    assert.deepEqual(mergedDiagnoses([refused], [refused, other]), [refused, other]);
  });

  it('of a build go with the next build alone', () => {
    assert.deepEqual(diagnosesAfter([build], result('refused', ['building', 'unloading'])), [refused]);
    assert.deepEqual(diagnosesAfter([build], result('refused', ['unloading'])), [refused, build]);
    assert.deepEqual(diagnosesAfter([build, needed], result('restarted', [], [])), [build]);
    assert.deepEqual(diagnosesAfter([build], result('loaded', ['loading', 'verifying'], [])), [build]);
  });

  it('stay after what found nothing: a cancelled operation, a use, one that could not run', () => {
    for (const nothing of [result('cancelled', ['building'], []), result('used', []), result('failed', [], [])]) {
      assert.equal(replacesDiagnoses(nothing), false);
      assert.deepEqual(diagnosesAfter([needed], nothing), [needed]);
    }
    assert.deepEqual(diagnosesAfter([needed], undefined), [needed]);
  });
});
