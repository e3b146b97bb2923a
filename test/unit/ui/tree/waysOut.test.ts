import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EmptyReason } from '../../../../src/ui/session/emptyReason.ts';
import { statusText } from '../../../../src/ui/status/statusText.ts';
import { emptyMessage, nothingButApple, waysOut } from '../../../../src/ui/tree/waysOut.ts';
import { kext, snapshot } from '../../diagnosis/snapshots.ts';
import { apple, finding, simulated, view } from '../views.ts';

const mini = { name: 'mini', called: 'mini', simulated: false };
const away = 'mini does not answer (Operation timed out): is it on, awake, and on this network?';

describe('What leads out', () => {
  const labels = (reason: EmptyReason, target = mini) => waysOut(reason, target).map(({ label }) => label);

  it('of a target that is away: another try, and the log; of a Simulated Mac a reset', () => {
    assert.deepEqual(labels('unreachable'), ['Try Again', 'Show Log']);
    assert.deepEqual(labels('unreachable', simulated), ['Try Again', 'Reset the Simulated Mac']);
    assert.equal(emptyMessage('unreachable', away), away);
  });

  it('of a setting that names no target: the choice of one', () => {
    const problem = 'kext.target is "mars": there is no such target; there are: ssh:HOST, simulated.';
    assert.deepEqual(labels('wrongTarget'), ['Select Target', 'Show Problems']);
    assert.equal(emptyMessage('wrongTarget', problem), problem);
    const status = statusText(view({ target: undefined, snapshot: undefined }), problem, { file: 'settings.json' });
    assert.deepEqual([status?.text, status?.colour], ['$(error) settings.json: a mistake', 'error']);
    assert.equal(status?.tooltip, problem);
  });

  it('of a mistake in a project that is for a Simulated Mac: the status item says so', () => {
    const wanted = { name: 'Simulated Mac', simulated: true };
    const nothing = view({ own: undefined, target: undefined, snapshot: undefined, wanted });
    const problem = 'Info.plist is malformed at line 7.';
    assert.equal(
      statusText(nothing, problem, { file: 'Info.plist' })?.text,
      '$(error) Simulated Mac · Info.plist: a mistake',
    );
    assert.equal(
      statusText({ ...nothing, wanted: { name: 'mini', simulated: false } }, problem, { file: 'Info.plist' })?.text,
      '$(error) Info.plist: a mistake',
    );
  });

  it('of a mistake in the user’s own settings: the settings, for it has no file to show', () => {
    const problem = 'kext.build.command is "make": write the program and its arguments as a list, ["make"].';
    const [first] = waysOut('wrongSetting');
    assert.deepEqual(
      [labels('wrongSetting'), first?.argument],
      [['Open Settings', 'Try Again'], '@ext:kext-dev.kext-dev'],
    );
    assert.equal(emptyMessage('wrongSetting', problem), problem);
    const status = statusText(view({ target: undefined, snapshot: undefined }), problem, 'settings');
    assert.deepEqual(
      [status?.text, status?.command, status?.tooltip],
      ['$(error) settings: a mistake', 'workbench.action.openSettings', problem],
    );
  });

  it('of a target that nobody has looked at, or that is away: a click that reads it', () => {
    const unread = statusText(view({ target: mini, snapshot: undefined }));
    assert.deepEqual([unread?.text, unread?.command], ['$(question) mini · Turbine: not read', 'kext.refresh']);
    assert.equal(unread?.tooltip, 'What mini holds is not known. Click to read it.');
    const gone = statusText(view({ target: mini, past: true }), away);
    assert.match(
      gone?.tooltip ?? '',
      /^mini does not answer .*\? It was seen last at \d\d:\d\d:\d\d\. Click to read it\.$/,
    );
  });

  it('is never more than two rows', () => {
    const reasons = [
      'untrusted',
      'problem',
      'wrongTarget',
      'wrongSetting',
      'unreachable',
      'noTarget',
      'ready',
    ] as const;
    for (const reason of reasons)
      for (const target of [mini, simulated]) assert.ok(labels(reason, target).length <= 2, reason);
  });

  it('of all that is in order: nothing', () => {
    for (const reason of ['ready', 'noTarget', 'noFolder'] as const) assert.deepEqual(labels(reason), []);
  });
});

describe("A target that holds nothing but Apple's kexts", () => {
  const onlyApple = snapshot({ kexts: [apple] });

  it('says so, and how one’s own comes there', () => {
    const said = nothingButApple(view({ snapshot: onlyApple }));
    assert.equal(said, "Nothing is loaded but Apple's kexts: Reload Kext builds yours and loads it.");
  });

  it('says no more where the build waits for something: the status item says for what', () => {
    for (const waiting of ['approval', 'restart', 'finish'] as const)
      assert.equal(nothingButApple(view({ snapshot: onlyApple, waiting })), "Nothing is loaded but Apple's kexts.");
  });

  it('says no more where a load has failed: the Problem says what helps', () => {
    const failed = view({ snapshot: onlyApple, diagnoses: [finding('load', 'notSigned', 'It has no signature.')] });
    assert.equal(nothingButApple(failed), "Nothing is loaded but Apple's kexts.");
  });

  it('is not one that has another vendor’s, or one’s own, or that is not read', () => {
    const other = kext('org.example.other.Pump', { index: 161 });
    for (const shown of [
      view(),
      view({ snapshot: snapshot({ kexts: [apple, other] }) }),
      view({ snapshot: onlyApple, past: true }),
      view({ snapshot: undefined }),
    ])
      assert.equal(nothingButApple(shown), '');
  });
});
