import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Diagnosis } from '../../../../src/diagnosis/diagnosis.ts';
import type { ProofKind } from '../../../../src/diagnosis/loadProof.ts';
import { nothingInstalled } from '../../../../src/diagnosis/nothingInstalled.ts';
import type { Outcome } from '../../../../src/operations/operation.ts';
import type { PhaseName } from '../../../../src/operations/phases.ts';
import { type Asked, endingText } from '../../../../src/ui/work/endingText.ts';
import { finding, turbine, verdict } from '../views.ts';

function told(asked: Asked, outcome: Outcome, diagnoses: readonly Diagnosis[], phases: readonly PhaseName[] = []) {
  const records = phases.map(name => ({ name, ms: 1, outcome: 'failed' as const }));
  return endingText(asked, { outcome, diagnoses, phases: records }, { kext: turbine, target: 'the Simulated Mac' });
}

describe('The end of an operation', () => {
  it('is told quietly where it came to what was asked for, was cancelled, or waits', () => {
    for (const outcome of ['loaded', 'unloaded', 'used', 'restarted', 'cancelled', 'waitingForRestart'] as const) {
      assert.deepEqual(told('reload', outcome, []), { kind: 'quiet' });
    }
  });

  it('of a cancel that left the kext unloaded is told', () => {
    const gone = finding('load', 'notLoaded', 'The reload was cancelled. Turbine is not loaded.');
    assert.deepEqual(told('reload', 'cancelled', [gone], ['building', 'unloading', 'installing']), {
      kind: 'failure',
      message: gone.message,
    });
  });

  it('says that a kext that is not loaded is not', () => {
    assert.deepEqual(told('unload', 'notFound', []), {
      kind: 'information',
      message: `${turbine} is not loaded on the Simulated Mac.`,
    });
  });

  it('names who keeps the kext from unloading, also within a reload', () => {
    const refused = { kind: 'failure', message: `${turbine} was not unloaded: Rotor is leaked.` };
    assert.deepEqual(told('unload', 'refused', [verdict({})], ['unloading']), refused);
    assert.deepEqual(told('reload', 'refused', [verdict({})], ['building', 'unloading']), refused);
  });

  it('does not name the kext again where what was found is a sentence about it', () => {
    const inUse = `${turbine} is in use: org.sample.driver.Pump is linked against it. Nothing was terminated.`;
    assert.deepEqual(told('unload', 'refused', [finding('unload', 'inUse', inUse)], ['unloading']), {
      kind: 'failure',
      message: inUse,
    });
  });

  it('of an uninstall tells that the kext stays in the kernel', () => {
    assert.deepEqual(told('uninstall', 'uninstalled', [], ['removing']), { kind: 'quiet' });
    const nothing = nothingInstalled(
      { bundleIdentifier: turbine, target: 'mini', identifierPosition: undefined },
      '/Library/Extensions',
    );
    assert.deepEqual(told('uninstall', 'uninstalled', [nothing], ['removing']), {
      kind: 'information',
      message: `No copy of ${turbine} is in /Library/Extensions on mini: there was nothing to remove.`,
    });
    const phases = [
      { name: 'unloading', ms: 1, outcome: 'refused' },
      { name: 'removing', ms: 1, outcome: 'done' },
    ] as const;
    const result = { outcome: 'uninstalled', diagnoses: [verdict({})], phases } as const;
    assert.deepEqual(endingText('uninstall', result, { kext: turbine, target: 'the Simulated Mac' }), {
      kind: 'failure',
      message: `${turbine} is removed from the Simulated Mac, but was not unloaded and stays until the restart: Rotor is leaked.`,
    });
  });

  it('of a reload that failed elsewhere never says that the kext was not unloaded', () => {
    const ending = told('reload', 'unknown', [finding('load', 'unknown', 'Nobody knows why.')], ['loading']);
    assert.deepEqual(ending, { kind: 'failure', message: `${turbine} was not reloaded: Nobody knows why.` });
    const failed = told('reload', 'failed', [finding('load', 'loadFailed', 'A symbol is missing.')], ['loading']);
    assert.deepEqual(failed, { kind: 'failure', message: 'A symbol is missing.' });
  });

  const anchor = { file: '/p/Turbine.hpp', line: 3, column: 7 };
  const notBuilt = { ...finding('build', 'buildError', "expected ';'"), anchor };
  const notLoaded = { ...finding('load', 'loadFailed', 'A symbol is missing.'), anchor };

  it('leaves a failed build and a failed load to the Problems', () => {
    for (const [found, phase] of [
      [notBuilt, 'building'],
      [notLoaded, 'loading'],
    ] as const)
      assert.deepEqual(told('reload', 'failed', [found], [phase]), { kind: 'failure', message: undefined });
  });

  it('of those is told where the window has turned to another kext meanwhile', () => {
    const warning = { ...finding('build', 'buildError', 'unused variable'), severity: 'warning' as const };
    const names = { kext: turbine, target: 'the Simulated Mac', left: true };
    const message = (diagnoses: readonly Diagnosis[]) =>
      endingText('reload', { outcome: 'failed', diagnoses, phases: [] }, names);
    assert.deepEqual(message([warning, notBuilt]), {
      kind: 'failure',
      message: `${turbine} was not reloaded: expected ';'.`,
    });
    assert.deepEqual(message([notLoaded]), { kind: 'failure', message: 'A symbol is missing.' });
  });

  it('as it was asked for is told where the window has turned to another kext meanwhile, with how sure it is', () => {
    const names = { kext: turbine, target: 'the Simulated Mac', left: true };
    const ended = (outcome: Outcome, kind: ProofKind = 'uuid') =>
      endingText(
        'reload',
        { outcome, diagnoses: [], phases: [], proof: { kind, uuid: null, loadIndex: 1, address: null } },
        names,
      );
    const said = (message: string) => ({ kind: 'information', message: `${turbine} ${message}` });
    assert.deepEqual(ended('loaded'), said('is loaded on the Simulated Mac and proved.'));
    assert.deepEqual(ended('loaded', 'likely'), said('is loaded on the Simulated Mac, and the build likely runs.'));
    assert.deepEqual(ended('loaded', 'sameRow'), said('was not loaded anew: the Simulated Mac runs it on, as before.'));
    assert.deepEqual(ended('uninstalled'), said('is removed from the Simulated Mac.'));
    assert.deepEqual(ended('built'), said('was built.'));
    assert.deepEqual(ended('installed'), said('is installed on the Simulated Mac.'));
    assert.deepEqual(ended('unloaded'), said('is unloaded from the Simulated Mac.'));
    assert.deepEqual(
      ended('waitingForApproval'),
      said('is installed on the Simulated Mac and waits for its approval.'),
    );
    assert.deepEqual(ended('waitingForRestart'), said('is ready and waits for a restart of the Simulated Mac.'));
    assert.deepEqual(ended('cancelled'), { kind: 'quiet' });
  });

  it('names the kexts that were unloaded before it, and the one that did not go', () => {
    const names = { kext: turbine, target: 'the Simulated Mac' };
    const gone = { bundleIdentifier: 'org.b', unload: 'unloaded' } as const;
    assert.deepEqual(
      endingText('unload', { outcome: 'unloaded', diagnoses: [], phases: [], dependents: [gone] }, names),
      { kind: 'information', message: `${turbine} was unloaded, and before it org.b.` },
    );
    const stayed = { bundleIdentifier: 'org.a', unload: 'refused' } as const;
    const refused = { outcome: 'dependents', diagnoses: [verdict({ verdict: 'leaked' })], phases: [] } as const;
    const { message } = endingText('reload', { ...refused, dependents: [gone, stayed] }, names) as { message: string };
    assert.ok(
      message.includes(`${turbine} was not reloaded: org.a, which is linked against it, did not go: `),
      message,
    );
  });
});
