import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LoadProof } from '../../../src/diagnosis/loadProof.ts';
import { nothingInstalled } from '../../../src/diagnosis/nothingInstalled.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { outcomeText } from '../../../src/report/outcomeText.ts';
import { resultText } from '../../../src/report/resultText.ts';

const operation = {
  project: { bundleIdentifier: 'org.sample.driver.Turbine' },
  target: { called: 'test-mac' },
} as Pick<Operation, 'project' | 'target'>;
const uuid = '4C4C4400-5555-3144-A1A1-0000AAAAAAAA';

function loaded(proof: Partial<LoadProof> & Pick<LoadProof, 'kind'>) {
  const whole = { uuid, loadIndex: 161, address: null, ...proof };
  return { outcome: 'loaded' as const, phases: [], diagnoses: [], proof: whole };
}

describe('The last line of an uninstall', () => {
  it('says whether something was removed', () => {
    const kext = { bundleIdentifier: 'org.sample.driver.Turbine', target: 'test-mac', identifierPosition: undefined };
    const result = { outcome: 'uninstalled' as const, phases: [], diagnoses: [] };
    assert.equal(outcomeText(result, operation), 'org.sample.driver.Turbine is removed from test-mac.');
    const nothing = { ...result, diagnoses: [nothingInstalled(kext, '/Library/Extensions')] };
    assert.equal(outcomeText(nothing, operation), 'Nothing of org.sample.driver.Turbine was installed on test-mac.');
  });
});

describe('The last line of a load', () => {
  const table: readonly (readonly [LoadProof['kind'], string | null, string])[] = [
    ['uuid', uuid, `is loaded and proved: test-mac runs ${uuid}.`],
    ['sameCode', uuid, `is loaded and proved: test-mac runs ${uuid}, the same code, loaded anew.`],
    ['likely', null, 'is loaded, and the build likely runs: test-mac lists its version as load 161, and no UUID.'],
    ['likely', uuid, 'is loaded, and the build likely runs: test-mac lists its version as load 161.'],
    ['sameRow', uuid, `was not loaded anew: test-mac runs ${uuid} on, as before.`],
  ];
  for (const [kind, listed, sentence] of table)
    it(`says how it is known, as ${kind}${listed === null ? ' without a UUID' : ''}`, () => {
      assert.equal(outcomeText(loaded({ kind, uuid: listed }), operation), `org.sample.driver.Turbine ${sentence}`);
    });

  it('has before it why the reload is not on the shelf', () => {
    const result = { ...loaded({ kind: 'uuid' }), notShelved: 'no space left' };
    assert.match(resultText(result, operation, '/p'), /^It was not kept on the shelf: no space left\n.* proved/);
  });
});
