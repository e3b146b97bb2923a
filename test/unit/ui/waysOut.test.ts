import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EmptyReason } from '../../../src/ui/emptyReason.ts';
import { statusText } from '../../../src/ui/statusText.ts';
import { emptyMessage, waysOut } from '../../../src/ui/waysOut.ts';
import { simulated, view } from './views.ts';

const mini = { name: 'mini', called: 'mini', simulated: false };
const away = 'mini does not answer (Operation timed out): is it on, awake, and on this network?';

describe('What leads out', () => {
  const labels = (reason: EmptyReason, target = mini) => waysOut(reason, target).map(({ label }) => label);

  it('of a target that is away: another try and the log; of a Simulated Mac a reset, too', () => {
    assert.deepEqual(labels('unreachable'), ['Try Again', 'Show Log']);
    assert.deepEqual(labels('unreachable', simulated), ['Try Again', 'Show Log', 'Reset the Simulated Mac']);
    assert.equal(emptyMessage('unreachable', away), away);
  });

  it('of a setting that names no target: the choice of one', () => {
    const problem = 'kext.target is "mars": there is no such target; there are: ssh:HOST, simulated.';
    assert.deepEqual(labels('wrongTarget'), ['Select Target', 'Show Problems', 'Try Again']);
    assert.equal(emptyMessage('wrongTarget', problem), problem);
    const status = statusText(view({ target: undefined, snapshot: undefined }), problem, 'settings.json');
    assert.deepEqual([status?.text, status?.colour], ['$(error) settings.json: a mistake', 'error']);
    assert.equal(status?.tooltip, problem);
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

  it('of all that is in order: nothing', () => {
    for (const reason of ['ready', 'noTarget', 'noFolder'] as const) assert.deepEqual(labels(reason), []);
  });
});
