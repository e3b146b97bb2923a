import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusalDiagnosis } from '../../../src/diagnosis/refusal.ts';
import { waitingForRestart } from '../../../src/diagnosis/waiting.ts';
import { kext } from './snapshots.ts';

const anchor = { file: '/p/Info.plist', line: 9, column: 2 };
const id = 'org.sample.driver.Turbine';

function diagnose(outcome: string, told: Partial<Parameters<typeof refusalDiagnosis>[0]> = {}) {
  return refusalDiagnosis({
    outcome,
    lines: ['Failed to unload'],
    exitCode: 3,
    kexts: [],
    bundleIdentifier: id,
    anchor,
    target: 'the Simulated Mac',
    ...told,
  });
}

describe('A refused unload as a whole', () => {
  const table = [
    ['dependents', 'dependents', 'error', /is in use: something holds a reference to it\. Nothing was terminated\.$/],
    ['notPrivileged', 'notPrivileged', 'error', /^The Simulated Mac let nobody but root unload/],
    ['notFound', 'notLoaded', 'information', /is not loaded: there is nothing to unload/],
    ['stillLoaded', 'stillLoaded', 'error', /^kextunload reported success, but the Simulated Mac still lists/],
    ['stopFailed', 'stopFailed', 'error', /^The module stop function of .* refused/, 'likely'],
    ['refused', 'unknown', 'error', /was not unloaded, for a reason that is not known here/, 'possible'],
    ['unknown', 'unknown', 'error', /was not unloaded, for a reason that is not known here/, 'possible'],
  ] as const;
  for (const [outcome, cause, severity, message, certainty = 'certain'] of table) {
    it(`${outcome}: ${severity}, with what to do next`, () => {
      const found = diagnose(outcome);
      assert.deepEqual([found.cause, found.severity, found.about, found.anchor], [cause, severity, 'unload', anchor]);
      assert.match(found.message, message);
      assert.ok(found.message.includes(id));
      assert.notEqual(found.remedy, '');
      assert.deepEqual(found.evidence, [{ text: 'Failed to unload' }]);
      assert.equal(found.certainty, certainty);
    });
  }

  it('of no case of its own is told by what the catalogue has on its lines, or on the code', () => {
    const damaged = diagnose('unknown', { lines: ["Can't create /a/Turbine.kext."] });
    assert.equal(damaged.cause, 'unknown');
    assert.match(damaged.message, /was not unloaded\. There is no kext at \/a\/Turbine\.kext: the path is wrong/);
    assert.match(damaged.remedy, /^Check the path/);
    const timedOut = diagnose('unknown', {
      lines: [`Failed to unload ${id} - (libkern/kext) kext request timed out.`],
    });
    assert.match(timedOut.message, /was not unloaded\. Nobody answered the request in time\.$/);
    assert.match(timedOut.remedy, /^Look for a kext that hangs/);
  });

  it('names the kexts that are linked against it', () => {
    const kexts = [
      kext(id, { index: 7 }),
      kext('org.sample.a', { linkedAgainst: [7] }),
      kext('org.sample.b', { linkedAgainst: [7] }),
    ];
    assert.match(
      diagnose('dependents', { kexts }).message,
      /is in use: org\.sample\.a, org\.sample\.b linked against it\./,
    );
  });

  it('that a system of collections accepted and did not do: a warning, and what a restart is said to bring', () => {
    const found = diagnose('stillLoaded', { keptByTheSystem: true });
    assert.equal(found.severity, 'warning');
    assert.match(found.message, /this macOS keeps a kext of its collection until it restarts\.$/);
    assert.equal(found.remedy, "Restart the Simulated Mac: by Apple's account it is gone after that.");
  });

  it('says what a tool said besides that it ended', () => {
    assert.deepEqual(diagnose('stillLoaded', { lines: [], notices: ['Executing: it'], exitCode: 0 }).evidence, [
      { text: 'Executing: it' },
      { text: 'kextunload said nothing more and exited with 0' },
    ]);
  });

  it('says how a tool ended that said nothing', () => {
    assert.deepEqual(diagnose('unknown', { lines: [], exitCode: 9 }).evidence, [
      { text: 'kextunload said nothing and exited with 9' },
    ]);
  });

  it('has no place where the Info.plist has none', () => {
    assert.ok(!('anchor' in diagnose('refused', { anchor: undefined })));
  });
});

describe('A build that waits for a restart', () => {
  it('is information with both UUIDs', () => {
    const found = waitingForRestart(
      { bundleIdentifier: id, target: 'test-mac', identifierPosition: anchor },
      'NEW',
      undefined,
    );
    assert.deepEqual([found.severity, found.cause, found.about], ['information', 'waitingForRestart', 'wait']);
    assert.equal(found.message, `The new build of ${id} is ready and waits for a restart of test-mac.`);
    assert.deepEqual(found.evidence, [{ text: 'built NEW' }]);
  });
});
