import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../support/until.ts';
import { shown } from './vscodeStandIn.ts';

const { explainNothing } = await import('../../../src/ui/commands/explainNothing.ts');
const { commandFailureTeller } = await import('../../../src/ui/work/failureTeller.ts');

const hostile = 'Expected ssh:HOST; this is none: "ssh:[Mend](command:workbench.action.quit)"';
const harmless = 'Expected ssh:HOST; this is none: "ssh:[Mend] (command:workbench.action.quit)"';

describe('A notification with words of a project or a Mac', () => {
  it('has no link to a command in a mistake of the settings', () => {
    shown.told.length = 0;
    explainNothing('wrongTarget', hostile);
    assert.deepEqual(shown.told, [harmless]);
  });

  it('has none in a failure of a command', async () => {
    shown.told.length = 0;
    commandFailureTeller({ error: () => undefined, show: () => undefined } as never)(new Error(hostile));
    await until(
      'the notification',
      async () => shown.told,
      told => told.length > 0,
    );
    assert.deepEqual(shown.told, [harmless]);
  });
});
