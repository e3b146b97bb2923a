import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Outcome } from '../../../../src/operations/operation.ts';
import type { PhaseName } from '../../../../src/operations/phases.ts';
import {
  diagnosesAfter,
  lastingDiagnoses,
  mergedDiagnoses,
  replacesDiagnoses,
} from '../../../../src/ui/session/lastingDiagnoses.ts';
import { finding, verdict } from '../views.ts';

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

  it('that nothing of the kext runs last until it does', () => {
    const gone = finding('load', 'notLoaded', 'Turbine is not loaded.');
    assert.deepEqual(lastingDiagnoses([gone], { ...still, loaded: false }), [gone]);
    assert.deepEqual(lastingDiagnoses([gone], still), []);
  });

  it('of a refusal are those of the kext’s record, which another window may have written', () => {
    assert.deepEqual(lastingDiagnoses([build, refused], { ...still, refused: true }), [build]);
  });

  it('that are remembered and shown come once', () => {
    assert.deepEqual(mergedDiagnoses([refused], [refused, needed]), [refused, needed]);
  });

  it('of one class are one verdict, the remembered one', () => {
    const older = verdict({ message: '2 instances of Rotor are leaked.', instances: 2 });
    const other = verdict({ message: 'other', class: 'Turbine' });
    assert.deepEqual(mergedDiagnoses([refused], [older, other]), [refused, other]);
  });

  it('of a build go with the next build alone', () => {
    assert.deepEqual(diagnosesAfter([build], result('refused', ['building', 'unloading'])), [refused]);
    assert.deepEqual(diagnosesAfter([build], result('refused', ['unloading'])), [refused, build]);
    assert.deepEqual(diagnosesAfter([build, needed], result('restarted', [], [])), [build]);
    assert.deepEqual(diagnosesAfter([build], result('loaded', ['loading', 'verifying'], [])), [build]);
  });

  it('of a load and an unload stay over a build, however it ends', () => {
    const failed = { ...result('failed', ['building']), diagnoses: [build] };
    assert.deepEqual(diagnosesAfter([needed], failed), [needed, build]);
    assert.deepEqual(diagnosesAfter([needed, build], { ...result('built', ['building']), diagnoses: [] }), [needed]);
  });

  it('of a build that is missing for an install join those that are shown', () => {
    const noProduct = finding('build', 'buildError', 'It was not built.');
    const failed = { ...result('failed', []), diagnoses: [noProduct] };
    assert.deepEqual(diagnosesAfter([needed, build], failed), [needed, noProduct, build]);
  });

  it('of a build that came through before the operation was cancelled are shown', () => {
    const cancelled = { ...result('cancelled', ['building']), diagnoses: [build] };
    assert.deepEqual(diagnosesAfter([needed], cancelled), [needed, build]);
  });

  it('about the build that runs go with the kext', () => {
    const different = finding('load', 'differentBuildLoaded', 'Another build runs.');
    assert.deepEqual(lastingDiagnoses([different], { ...still, loaded: false }), []);
  });

  it('stay after what found nothing: a cancelled operation, a use, a process that was quit, one that could not run', () => {
    const outcomes = ['used', 'quit', 'plugged', 'unplugged', 'approved', 'installed', 'failed'] as const;
    for (const nothing of [result('cancelled', ['building'], []), ...outcomes.map(each => result(each, [], []))]) {
      assert.equal(replacesDiagnoses(nothing), false);
      assert.deepEqual(diagnosesAfter([needed], nothing), [needed]);
    }
    assert.deepEqual(diagnosesAfter([needed], undefined), [needed]);
  });
});
