import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { catalogue } from '../../../src/diagnosis/catalogue/catalogue.ts';
import { diagnoseTranscript } from '../../../src/diagnosis/transcript.ts';

const source = { declared: [], declarationOf: () => undefined, identifierPosition: () => undefined };

function diagnose(said: string) {
  return diagnoseTranscript({ said, isOfLoad: true, registry: undefined, counts: undefined }, source);
}

const rows = catalogue.filter(
  ({ id, patterns, remedy }) =>
    /^(loadKernel|loadTools|classRegistration|linking|collection|validation|authentication|dependencies|warnings|bootLevel|kmutil|kextcache)\./.test(
      id,
    ) &&
    patterns.length > 0 &&
    !remedy.startsWith('Nothing'),
);

describe('A text of a load that the catalogue has a remedy for', () => {
  for (const { id, example, severity, problem } of rows) {
    if (severity === 'information' && problem === undefined) continue;
    it(`${id}: is diagnosed`, () => {
      const { outcome, diagnoses } = diagnose(example);
      const [found] = diagnoses;
      assert.ok(found !== undefined && found.remedy !== '', outcome);
      assert.notEqual(found.about, 'unload');
      const severe = problem === 'waitingForRestart' || problem === 'waitingForApproval';
      if (severity === 'error' && !severe) assert.equal(found.severity, 'error');
      if (severity !== 'warning') assert.notEqual(outcome, 'unknown');
      if (problem === 'differentBuildLoaded') assert.equal(found.cause, problem);
    });
  }

  it('that waits for an approval or a restart is no failure', () => {
    for (const [said, outcome] of [
      ['If this kext was just installed, a reboot is required to allow it to load.', 'needsApproval'],
      ['Requesting user approval (times out in 60 seconds)...', 'needsApproval'],
      ['A system reboot is required for the operation to take effect', 'needsRestart'],
    ] as const) {
      const found = diagnose(said);
      assert.equal(found.outcome, outcome);
      assert.deepEqual(
        found.diagnoses.map(({ severity }) => severity),
        ['information'],
      );
    }
  });

  it('that only warns says so, and not that the load failed', () => {
    const { outcome, diagnoses } = diagnose('kxld[org.a.B]: This kext uses obsolete symbol _IODelay_old.');
    assert.equal(outcome, 'unknown');
    const [found] = diagnoses;
    assert.deepEqual([found?.severity, found?.certainty], ['warning', 'possible']);
    assert.match(found?.message ?? '', /^Whether org\.a\.B was loaded is not said\. _IODelay_old is still there/);
  });

  it('and that asks for nothing is no finding', () => {
    for (const said of [
      '(kernel) Kext org.a.B not found; queued load request to user space.',
      'Disabling KextAudit: SIP is off',
      'No variant specified, falling back to release',
    ])
      assert.deepEqual(diagnose(said).diagnoses, [], said);
  });

  it('is told by the row that only sums up, where nothing else is said', () => {
    const [found] = diagnose("(kernel) Can't load kext org.a.B - link failed.").diagnoses;
    assert.match(found?.message ?? '', /The kernel’s linker refused org\.a\.B; the kxld lines before this one/);
  });

  it('was saved as one, though kmutil says the same of an unload', () => {
    const { outcome, diagnoses } = diagnose('Could not find: No bundle was found at /t/Turbine.kext.');
    assert.deepEqual([outcome, diagnoses[0]?.about], ['notFound', 'load']);
  });
});
