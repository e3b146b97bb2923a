import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TargetFindings } from '../../../src/ui/targetFindings.ts';
import { finding, verdict } from './views.ts';

const error = finding('build', 'buildError', "expected ';'");
const needed = finding('unload', 'dependents', 'Turbine is in use.');

describe('Findings of loads and unloads', () => {
  it('stay with their kext and target, and come back with them; a build’s stay where they are', () => {
    const findings = new TargetFindings();
    assert.deepEqual(findings.turnTo('simulated Turbine', []), []);
    assert.deepEqual(findings.turnTo('simulated Turbine', [needed, error]), [needed, error]);
    assert.deepEqual(findings.turnTo('test-mac Turbine', [needed, error]), [error]);
    assert.deepEqual(findings.turnTo('simulated Turbine', [verdict({}), error]), [needed, error]);
  });

  it('are those of one boot: another boot ends them, on the target that has restarted alone', () => {
    const findings = new TargetFindings();
    findings.turnTo('simulated Turbine', []);
    assert.equal(findings.inSameBoot({ bootTime: 100 }), true);
    findings.turnTo('test-mac Turbine', [needed]);
    assert.equal(findings.inSameBoot({ bootTime: 700 }), true);
    findings.turnTo('simulated Turbine', []);
    assert.equal(findings.inSameBoot({ bootTime: 200 }), false);
    assert.equal(findings.inSameBoot({ bootTime: 200 }), true);
  });

  it('outlive a clock that is set, and a look at which the target does not say when it started', () => {
    const findings = new TargetFindings();
    const bootSession = '6A3DB1C5-0F0A-4E2C-9F0E-2D7C8B15A94E';
    for (const bootTime of [100, 9000, undefined, 200])
      assert.equal(findings.inSameBoot({ bootTime, ...(bootTime === undefined ? {} : { bootSession }) }), true);
    assert.equal(findings.inSameBoot({ bootTime: 200, bootSession: bootSession.replace('6', '7') }), false);
  });

  it('that were made anew are of the boot that is read next', () => {
    const findings = new TargetFindings();
    findings.turnTo('simulated Turbine', []);
    findings.inSameBoot({ bootTime: 100 });
    findings.renew();
    assert.equal(findings.inSameBoot({ bootTime: 200 }), true);
  });
});
