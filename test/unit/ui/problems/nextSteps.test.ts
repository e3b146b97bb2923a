import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Cause, causes, type Diagnosis } from '../../../../src/diagnosis/diagnosis.ts';
import { nextSteps } from '../../../../src/ui/problems/nextSteps.ts';
import type { KextView } from '../../../../src/ui/session/kextView.ts';
import { entry } from '../../diagnosis/snapshots.ts';
import { finding, heldByProcess, own, running, turbine, verdict, view } from '../views.ts';

const testMac = { name: 'test-mac', called: 'test-mac', simulated: false };

/** What is offered besides the explanation, which is offered always. */
function offered(diagnosis: Diagnosis, shown: KextView): string[] {
  const titles = nextSteps(diagnosis, shown).map(({ title }) => title);
  assert.equal(titles.at(-1), `Explain: ${diagnosis.cause}`);
  return titles.slice(0, -1);
}

/** The Mac while a user client that the process opened is there: active until an unload terminates it. */
function openedBy(pid: number, active: boolean): KextView['snapshot'] {
  const properties = new Map([['IOUserClientCreator', `pid ${pid}, turbinectl`]]);
  return { ...running, objects: [entry('TurbineUserClient', { id: 9n, active, properties })] };
}

const restart = 'Simulated Mac: Restart';
const copy = 'Copy Autopsy';
const table: readonly (readonly [Diagnosis['about'], Cause, readonly string[]])[] = [
  ['build', 'buildError', []],
  ['unload', 'refused', [restart, copy]],
  ['unload', 'dependents', ['Unload Kext', copy]],
  ['unload', 'notLoaded', ['Reload Kext', copy]],
  ['unload', 'notPrivileged', ['Unload Kext', copy]],
  ['unload', 'stopFailed', [restart, copy]],
  ['unload', 'removalVetoed', ['Unload Kext', copy]],
  ['unload', 'unsupportedByCache', [restart, copy]],
  ['unload', 'terminateDisallowed', [restart, copy]],
  ['unload', 'stillLoaded', [restart, copy]],
  ['unload', 'unknown', ['Unload Kext', 'Show Log', copy]],
  ['load', 'loadFailed', ['Reload Kext']],
  ['load', 'differentBuildLoaded', ['Reload Kext', restart]],
  ['load', 'notStarted', ['Reload Kext']],
  ['load', 'notRunHere', ['Reload Kext']],
  ['load', 'wrongBuildRuns', ['Find Stale Copies', 'Reload Kext', restart]],
  ['load', 'notReloaded', [restart]],
  ['load', 'panicked', ['Uninstall Kext', 'Reload Kext']],
  ['load', 'restarted', ['Uninstall Kext', 'Reload Kext']],
  ['load', 'connectionLost', ['Refresh', 'Reload Kext']],
  ['wait', 'interrupted', ['Reload Kext', 'Unload Kext']],
  ['load', 'buildChanged', []],
  ['load', 'crossBuilt', ['Reload Kext']],
  ['wait', 'waitingForRestart', [restart]],
];

describe('The light bulb of a Problem', () => {
  for (const [about, cause, expected] of table)
    it(`of ${cause} offers ${expected.join(', ') || 'its explanation alone'}`, () => {
      assert.deepEqual(offered(finding(about, cause, cause), view()), expected);
    });

  it('of a panic offers its report where one is kept', () => {
    const shown = view({ panicReport: '/state/report.panic' });
    const titles = offered(finding('load', 'panicked', 'It panicked.'), shown);
    assert.deepEqual(titles, ['Show Panic Report', 'Uninstall Kext', 'Reload Kext']);
  });

  it('explains every cause, as the last thing', () => {
    for (const cause of causes) offered(finding('load', cause, cause), view());
  });

  it('of a leaked class offers the restart, its row, and the autopsy', () => {
    const refused = view({ refused: true });
    assert.deepEqual(offered(verdict({}), refused), [restart, 'Show Rotor in Loaded Kexts', copy]);
    const [, show] = nextSteps(verdict({}), refused);
    assert.deepEqual([show?.command, show?.argument], ['kext.showInstances', 'Rotor']);
  });

  it('of a class that was only late offers to unload again, without an autopsy', () => {
    const late = verdict({ cause: 'notYet', verdict: 'notYet', severity: 'information' });
    assert.deepEqual(offered(late, view()), ['Unload Kext', 'Show Rotor in Loaded Kexts']);
  });

  it('shows no row of a class that is another kext’s, or while the kext isn’t loaded', () => {
    assert.deepEqual(offered(verdict({ class: 'Elsewhere' }), view()), [restart, copy]);
    assert.deepEqual(offered(verdict({}), view({ snapshot: undefined })), [restart, copy]);
  });

  it('of a held class quits the process while its client can still react', () => {
    const [quit] = nextSteps(heldByProcess, view({ snapshot: openedBy(587, true) }));
    assert.deepEqual(quit, { title: 'Quit turbinectl (pid 587)', command: 'kext.simulated.quit', argument: 587 });
  });

  it('quits nobody whose client was terminated, who is gone, or who is on a Mac of its own', () => {
    for (const snapshot of [openedBy(587, false), openedBy(12, true), running])
      assert.equal(offered(heldByProcess, view({ snapshot }))[0], restart);
    const onMac = view({ snapshot: openedBy(587, true), target: testMac });
    assert.deepEqual(offered(heldByProcess, onMac), ['Show Turbine in Loaded Kexts', copy]);
  });

  it('of a kext that waits offers what it waits for, and the end of the reload after it', () => {
    const approval = finding('wait', 'waitingForApproval', 'It waits.');
    const forRestart = finding('wait', 'waitingForRestart', 'It waits.');
    assert.deepEqual(offered(approval, view({ waiting: 'approval' })), ['Simulated Mac: Approve']);
    assert.deepEqual(offered(approval, view({ waiting: 'restart' })), []);
    assert.deepEqual(offered(forRestart, view({ waiting: 'restart' })), [restart]);
    assert.deepEqual(offered(forRestart, view({ waiting: 'finish' })), ['Finish Reload']);
  });

  it('of another build that is loaded offers the restart first where the unload was refused', () => {
    const different = finding('load', 'differentBuildLoaded', 'Another build runs.');
    assert.deepEqual(offered(different, view({ refused: true })), [restart, 'Reload Kext']);
  });

  it('restarts and approves nothing but the Simulated Mac', () => {
    const shown = view({ target: testMac, waiting: 'approval' });
    assert.deepEqual(offered(finding('wait', 'waitingForApproval', 'It waits.'), shown), []);
    assert.deepEqual(offered(finding('unload', 'refused', 'It was refused.'), shown), [copy]);
  });

  it('does nothing to a kext of Apple’s', () => {
    const apples = view({ own: { ...own, bundleIdentifier: 'com.apple.driver.Sample' }, refused: true });
    for (const cause of causes) assert.deepEqual(offered(finding('unload', cause, turbine), apples), []);
  });
});
