import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Diagnosis } from '../../../../src/diagnosis/diagnosis.ts';
import type { KextRecord } from '../../../../src/operations/record/kextRecord.ts';
import { kextStanding } from '../../../../src/operations/record/standing.ts';

const facts = { bundleIdentifier: 'org.sample.Pump', target: 'test-mac', identifierPosition: undefined };
const leak: Diagnosis = {
  about: 'unload',
  cause: 'leaked',
  severity: 'error',
  message: '1 instance of Pump is leaked.',
  evidence: [],
  holders: [],
  remedy: '',
  certainty: 'certain',
};
const notRun: Diagnosis = { ...leak, about: 'load', cause: 'notRunHere', severity: 'information' };
const asData: KextRecord = { bootTime: 100, diagnoses: [notRun] };
const refusal: KextRecord = { bootTime: 100, diagnoses: [leak], refused: { uuid: 'OLD' } };
const withBuild: KextRecord = { ...refusal, pending: { uuid: 'NEW' } };
const toApprove: KextRecord = { bootTime: 100, diagnoses: [], pending: { uuid: 'NEW', until: 'approval' } };
const toRestart: KextRecord = { ...toApprove, pending: { uuid: 'NEW', until: 'restart' } };
const causes = (diagnoses: readonly Diagnosis[]) => diagnoses.map(({ cause }) => cause);

describe('How a kext stands', () => {
  const table: readonly [string, KextRecord | undefined, number, boolean, unknown][] = [
    ['nothing is known', undefined, 100, true, { refused: false, waiting: undefined, causes: [] }],
    ['refused in this boot', refusal, 100, true, { refused: true, waiting: undefined, causes: ['leaked'] }],
    [
      'refused, and another build is ready',
      withBuild,
      100,
      true,
      { refused: true, waiting: 'restart', causes: ['leaked', 'waitingForRestart'] },
    ],
    ['the target has restarted', refusal, 200, false, { refused: false, waiting: undefined, causes: [] }],
    [
      'it has restarted, and a build is ready',
      withBuild,
      200,
      false,
      { refused: false, waiting: 'finish', causes: [] },
    ],
    ['the kext left the kernel after all', refusal, 100, false, { refused: false, waiting: undefined, causes: [] }],
    ['it is not run', asData, 100, true, { refused: false, waiting: undefined, causes: ['notRunHere'] }],
    ['it was not run, and left', asData, 100, false, { refused: false, waiting: undefined, causes: [] }],
    ['it was not run before the restart', asData, 200, true, { refused: false, waiting: undefined, causes: [] }],
    [
      'a build waits for its approval',
      toApprove,
      100,
      false,
      { refused: false, waiting: 'approval', causes: ['waitingForApproval'] },
    ],
    [
      'an approved build waits for the restart, while another one runs',
      toRestart,
      100,
      true,
      { refused: false, waiting: 'restart', causes: ['waitingForRestart'] },
    ],
    [
      'the target has restarted after the approval',
      toRestart,
      200,
      true,
      { refused: false, waiting: 'finish', causes: [] },
    ],
    ['the target has restarted without it', toApprove, 200, false, { refused: false, waiting: 'finish', causes: [] }],
    ['it left, and a build is ready', withBuild, 100, false, { refused: false, waiting: 'finish', causes: [] }],
  ];
  for (const [name, record, bootTime, loaded, expected] of table) {
    it(name, () => {
      const { refused, waiting, diagnoses } = kextStanding(record, { bootTime, loaded, facts });
      assert.deepEqual({ refused, waiting, causes: causes(diagnoses) }, expected);
    });
  }

  it('the waiting names both builds', () => {
    const waiting = kextStanding(withBuild, { bootTime: 100, loaded: true, facts }).diagnoses.at(-1);
    assert.deepEqual(waiting?.evidence, [{ text: 'built NEW' }, { text: 'loaded OLD' }]);
  });
});
