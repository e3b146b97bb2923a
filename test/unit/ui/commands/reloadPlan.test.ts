import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, beforeEach, describe, it } from 'node:test';
import type { Operation } from '../../../../src/operations/operation.ts';
import type { TextPage } from '../../../../src/ui/pages/textPage.ts';
import type { KextSession } from '../../../../src/ui/session/kextSession.ts';
import { fakeTarget, kextstatOf, sampleOperation, sampleProject, turbine } from '../../operations/fakeTarget.ts';
import { oldUuid } from '../views.ts';
import { shown } from '../vscodeStandIn.ts';

const { showReloadPlan } = await import('../../../../src/ui/commands/reloadPlan.ts');

const folder = await sampleProject();
after(() => rm(folder, { recursive: true }));
beforeEach(() => {
  shown.settings = {};
});

/** What Show Reload Plan shows, where the kext is loaded and no folder of the target has a copy. */
async function plan(): Promise<string> {
  const target = fakeTarget({ kextstat: [kextstatOf([turbine, oldUuid])] });
  const operation: Operation = await sampleOperation(folder, target);
  const page = { text: '', place: undefined };
  const session = { refresh: async () => undefined, operation };
  await showReloadPlan(session as unknown as KextSession, page as unknown as TextPage);
  return page.text;
}

describe('Show Reload Plan', () => {
  it('plans for the folder that kext.install.path names', async () => {
    shown.settings['install.path'] = '/Volumes/Kexts';
    assert.match(await plan(), /installing +into \/Volumes\/Kexts/);
  });

  it('is refused as Install is where that is no such folder', async () => {
    shown.settings['install.path'] = 'relative/x';
    await assert.rejects(plan, /kext\.install\.path is "relative\/x": expected the absolute path/);
  });
});
