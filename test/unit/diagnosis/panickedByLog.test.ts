import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import { diagnoseTranscript } from '../../../src/diagnosis/transcript.ts';
import { capture } from '../tools/captures.ts';

const declaration = { file: 'Pump.hpp', line: 12, column: 7 };
const identifier = { file: 'Info.plist', line: 8, column: 11 };
const source = {
  declared: [],
  declarationOf: (name: string) => (name === 'Pump' ? declaration : undefined),
  identifierPosition: (id: string) => (id.startsWith('org.sample.driver.') ? identifier : undefined),
};

function diagnosed(said: string): { readonly kext: string | undefined; readonly diagnosis: Diagnosis } {
  const { outcome, bundleIdentifier, diagnoses } = diagnoseTranscript(
    { said, registry: undefined, counts: undefined },
    source,
  );
  assert.equal(outcome, 'unknown');
  const [diagnosis] = diagnoses;
  assert.ok(diagnosis?.cause === 'panicked' && diagnoses.length === 1);
  return { kext: bundleIdentifier, diagnosis };
}

describe('a panic log that is diagnosed', () => {
  it('with the functions’ names: names the one that was running, on the declaration of its class', () => {
    const { kext, diagnosis } = diagnosed(capture('panic-10.14-keepsyms'));
    assert.equal(kext, 'org.sample.driver.Pump');
    assert.equal(
      diagnosis.message,
      'The Mac panicked while Pump::readPressure() of org.sample.driver.Pump was running.',
    );
    assert.deepEqual([diagnosis.anchor, diagnosis.certainty], [declaration, 'likely']);
    const evidence = diagnosis.evidence.map(({ text }) => text);
    assert.match(evidence[0] ?? '', /^Kernel trap at 0xffffff7f9153155c, type 14=page fault/);
    assert.equal(evidence.filter(text => text.includes('org.sample.driver.Pump : ')).length, 2);
    assert.ok(evidence.includes('process kernel_task'));
  });

  it('without them: names the kext, on its identifier, and says how to get at the names', () => {
    const { diagnosis } = diagnosed(capture('panic-13-arm64'));
    assert.equal(diagnosis.message, 'The Mac panicked while org.sample.driver.Turbine was running.');
    assert.deepEqual(diagnosis.anchor, identifier);
    assert.match(diagnosis.remedy, /dSYM.*keepsyms=1/);
  });

  it('with no kext but Apple’s: says so, as possible only, and points nowhere', () => {
    const { kext, diagnosis } = diagnosed(
      'panic(cpu 0 caller 0x1): "zone corrupt"\ncom.apple.driver.A(1.0)@0x10->0x1f',
    );
    assert.equal(diagnosis.message, "The Mac panicked, and no kext but Apple's was running.");
    assert.deepEqual([kext, diagnosis.anchor, diagnosis.certainty], [undefined, undefined, 'possible']);
  });
});
