import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Diagnosis } from '../../../../src/diagnosis/diagnosis.ts';
import type { OperationResult, Outcome } from '../../../../src/operations/operation.ts';
import type { PhaseName } from '../../../../src/operations/phases.ts';
import { type Subject, TargetFindings } from '../../../../src/ui/session/targetFindings.ts';
import { kext, snapshot } from '../../diagnosis/snapshots.ts';
import { finding, turbine, verdict } from '../views.ts';

const mac = { id: 'ssh:test-mac', name: 'test-mac', called: 'test-mac', simulated: false };
const simulated = { id: 'simulated', name: 'Simulated Mac', called: 'the Simulated Mac', simulated: true };
const pump = 'org.sample.driver.Pump';

function on(target: Subject['target'], bundleIdentifier = turbine): Subject {
  return { project: { key: `/p/${bundleIdentifier}/Info.plist`, bundleIdentifier }, target };
}

const error = finding('build', 'buildError', "expected ';'");
const needed = finding('unload', 'dependents', 'Turbine is in use.');

function ended(outcome: Outcome, diagnoses: readonly Diagnosis[], ...phases: readonly PhaseName[]): OperationResult {
  return { outcome, diagnoses, phases: phases.map(name => ({ name, ms: 1, outcome: 'failed' })) };
}

let findings: TargetFindings;

beforeEach(() => {
  findings = new TargetFindings();
  findings.turnTo(on(simulated), []);
});

/** What is kept aside and told meanwhile, by its target. */
function others(): readonly (readonly [string | undefined, readonly Diagnosis[]])[] {
  return findings.others
    .filter(({ diagnoses }) => diagnoses.length > 0)
    .map(({ target, diagnoses }) => [target?.name, diagnoses]);
}

describe('Findings of loads and unloads', () => {
  it('stay with their kext and target, and come back with them; a build’s stay with the kext', () => {
    assert.deepEqual(findings.turnTo(on(simulated), [needed, error]), [needed, error]);
    assert.deepEqual(findings.turnTo(on(mac), [needed, error]), [error]);
    assert.deepEqual(findings.turnTo(on(simulated), [verdict({}), error]), [needed, error]);
  });

  it('are those of one boot: another boot ends them, on the target that has restarted alone', () => {
    assert.equal(findings.inSameBoot({ bootTime: 100 }), true);
    findings.turnTo(on(mac), [needed]);
    assert.equal(findings.inSameBoot({ bootTime: 700 }), true);
    findings.turnTo(on(simulated), []);
    assert.equal(findings.inSameBoot({ bootTime: 200 }), false);
    assert.equal(findings.inSameBoot({ bootTime: 200 }), true);
  });

  it('outlive a clock that is set, and a look at which the target does not say when it started', () => {
    const bootSession = '6A3DB1C5-0F0A-4E2C-9F0E-2D7C8B15A94E';
    for (const bootTime of [100, 9000, undefined, 200])
      assert.equal(findings.inSameBoot({ bootTime, ...(bootTime === undefined ? {} : { bootSession }) }), true);
    assert.equal(findings.inSameBoot({ bootTime: 200, bootSession: bootSession.replace('6', '7') }), false);
  });

  it('that were made anew are of the boot that is read next', () => {
    findings.inSameBoot({ bootTime: 100 });
    findings.renew();
    assert.equal(findings.inSameBoot({ bootTime: 200 }), true);
  });

  it('are told while another kext on the same target is shown, as long as they hold', () => {
    const refusal = verdict({});
    findings.inSameBoot({ bootTime: 100 });
    findings.turnTo(on(simulated, pump), [refusal]);
    assert.deepEqual(others(), [['Simulated Mac', [refusal]]]);
    const system = { ...snapshot().system, bootTime: 100 };
    const seen = { ...snapshot({ kexts: [kext(turbine, {})] }), target: simulated.id, system };
    findings.followOthers(seen);
    assert.deepEqual(others(), [['Simulated Mac', [refusal]]]);
    findings.followOthers({ ...seen, target: mac.id, kexts: [] });
    assert.deepEqual(others(), [['Simulated Mac', [refusal]]], 'another target says nothing of it');
    findings.followOthers({ ...seen, system: { ...system, bootTime: 900 } });
    assert.deepEqual(others(), [], 'it has restarted');
  });

  it('are taken from the record of a kext of which this window has found nothing, once, and as long as they hold', () => {
    const { system } = snapshot();
    const seen = {
      ...snapshot({ kexts: [kext(pump, {})] }),
      target: simulated.id,
      system: { ...system, bootTime: 100 },
    };
    const subject = on(simulated, pump);
    const standing = { refused: true, diagnoses: [verdict({})] };
    for (let looks = 0; looks < 2; looks++) findings.followOthers(seen, [{ subject, standing }]);
    assert.deepEqual([findings.of(subject), others()], [[verdict({})], [['Simulated Mac', [verdict({})]]]]);
    findings.followOthers({ ...seen, kexts: [] }, [{ subject, standing: { refused: false, diagnoses: [] } }]);
    assert.deepEqual([findings.of(subject), others()], [[], []]);
  });

  it('go when the kext is gone, and are not told on another target', () => {
    findings.turnTo(on(mac, pump), [verdict({})]);
    assert.deepEqual(others(), []);
    findings.turnTo(on(simulated, pump), []);
    assert.deepEqual(others(), [['Simulated Mac', [verdict({})]]]);
    findings.followOthers({ ...snapshot({ kexts: [] }), target: simulated.id });
    assert.deepEqual(others(), []);
  });
});

describe('What an operation found of a kext that is not shown', () => {
  it('is kept for that kext, told meanwhile, and shown with it', () => {
    const shown = [finding('load', 'loadFailed', 'Pump was not loaded.')];
    findings.turnTo(on(simulated, pump), []);
    assert.deepEqual(findings.keep(on(simulated), ended('failed', [error], 'building'), shown), shown);
    assert.deepEqual(others(), [['Simulated Mac', [error]]]);
    assert.deepEqual(findings.turnTo(on(simulated), shown), [error]);
    assert.deepEqual(others(), [['Simulated Mac', shown]]);
  });

  it('takes the place of what was found of it before, as if it were shown', () => {
    const refused = ended('refused', [verdict({})], 'building', 'unloading');
    findings.turnTo(on(simulated, pump), [needed, error]);
    for (let times = 0; times < 2; times++) findings.keep(on(simulated), refused, []);
    assert.deepEqual(findings.turnTo(on(simulated), []), [verdict({})]);
  });

  it('is of the boot that is read next', () => {
    findings.inSameBoot({ bootTime: 100 });
    findings.turnTo(on(simulated, pump), []);
    const panicked = finding('load', 'panicked', 'It panicked.');
    findings.keep(on(simulated), ended('panicked', [panicked], 'loading'), []);
    const { system } = snapshot();
    findings.followOthers({ ...snapshot({ kexts: [] }), target: simulated.id, system: { ...system, bootTime: 900 } });
    assert.deepEqual(others(), [['Simulated Mac', [panicked]]]);
  });

  it('by a build for another target is shown at once: it is about the source', () => {
    assert.deepEqual(findings.keep(on(mac), ended('failed', [error], 'building'), [needed]), [needed, error]);
    assert.deepEqual(others(), []);
  });
});

describe('What a build found', () => {
  it('is told while another kext is shown, on whatever target, and never as that one’s', () => {
    assert.deepEqual(findings.turnTo(on(mac, pump), [error]), []);
    assert.deepEqual(others(), [['Simulated Mac', [error]]]);
    assert.deepEqual(findings.turnTo(undefined, []), []);
    assert.deepEqual(others(), [['Simulated Mac', [error]]]);
  });

  it('goes when a build of its own kext begins, and not with another’s', () => {
    const ofPump = { ...error, message: 'unknown type name' };
    findings.turnTo(on(simulated, pump), [error]);
    assert.deepEqual(findings.beginBuild(on(simulated, pump), [needed, ofPump]), [needed]);
    assert.deepEqual(others(), [['Simulated Mac', [error]]]);
    assert.deepEqual(findings.beginBuild(on(simulated), [ofPump]), [ofPump]);
    assert.deepEqual(others(), []);
  });

  it('goes when its file is edited', () => {
    const at = (file: string) => ({ ...error, anchor: { file, line: 1, column: 1 } });
    findings.turnTo(on(simulated, pump), [at('/p/a.cpp'), at('/p/b.cpp')]);
    assert.equal(findings.forgetBuilds('/p/c.cpp'), false);
    assert.equal(findings.forgetBuilds('/p/a.cpp'), true);
    assert.deepEqual(others(), [['Simulated Mac', [at('/p/b.cpp')]]]);
  });
});
