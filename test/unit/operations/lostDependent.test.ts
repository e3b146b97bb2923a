import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Operation, OperationResult } from '../../../src/operations/operation.ts';
import { reloadKext } from '../../../src/operations/reload.ts';
import { unloadKext } from '../../../src/operations/unload.ts';
import { folderOf, infoPlistOf } from '../../support/xcodeFixture.ts';
import { memoryRecords, sampleOperation, turbine } from './fakeTarget.ts';
import { built, type Death, type MortalTarget, mortalTarget, older, sampleThatStops } from './mortalTarget.ts';

type Run = (operation: Operation, signal: AbortSignal) => Promise<OperationResult>;

const never = new AbortController().signal;

describe('A target whose connection breaks while a kext is worked on that is linked against the one that was asked for', () => {
  const user = 'org.sample.driver.User';
  let folder: string;
  let itsFolder: string;
  before(async () => {
    folder = await sampleThatStops();
    itsFolder = await folderOf({
      'build/User.kext/Contents/Info.plist': infoPlistOf({
        CFBundleIdentifier: user,
        CFBundlePackageType: 'KEXT',
        CFBundleVersion: '1.0',
      }),
    });
  });
  after(async () => {
    for (const each of [folder, itsFolder]) await rm(each, { recursive: true, force: true });
  });

  async function loseItsUse(run: Run, doing: string, death: Death) {
    const mac = mortalTarget({ backAfterMs: 1000, ...death });
    for (const kext of [turbine, user]) mac.loaded.set(kext, older);
    mac.linked.set(user, '150');
    const operation = await sampleOperation(folder, mac);
    const { project } = operation;
    const infoPlist = { ...project.infoPlist, bundleIdentifier: user };
    const unread = { ...project, infoPlist, folder: itsFolder, bundleIdentifier: user, rememberedAs: user };
    const neighbour = { bundleIdentifier: user, records: memoryRecords(), unread, open: async () => unread };
    const result = await run({ ...operation, doing: `${doing} ${turbine}`, neighbours: [neighbour] }, never);
    const [{ message = '', remedy = '' } = {}] = result.diagnoses;
    return { message, remedy };
  }

  const goes = (mac: MortalTarget) => void mac.loaded.delete(user);
  const unloads = `it unloads ${user} before it, whose drivers may be terminated already.`;
  for (const [what, run, doing, meanwhile, remedy] of [
    ['an unload, and it is still there', unloadKext, 'unload', undefined, `Unload ${turbine} again: ${unloads}`],
    ['an unload, and it is gone', unloadKext, 'unload', goes, `Unload ${turbine} again.`],
    ['a reload, and it is still there', reloadKext, 'Reload', undefined, `Reload ${turbine} again: ${unloads}`],
    [
      'a reload, and it is gone',
      reloadKext,
      'Reload',
      goes,
      `Reload ${turbine} again. Then load ${user}, which it leaves unloaded.`,
    ],
  ] as const)
    it(`in ${what}: what is to be done is told for the kext that was asked for`, async () => {
      const told = await loseItsUse(run, doing, { at: `kextunload ${user}`, ...(meanwhile && { meanwhile }) });
      assert.equal(
        told.message,
        `The connection to test-mac broke while unloading ${user}. It is up, in the same boot: ${turbine} is loaded, ${older}.`,
      );
      assert.equal(told.remedy, remedy);
    });

  it('in the load of it after a reload: that is all that is left to be done', async () => {
    const told = await loseItsUse(reloadKext, 'Reload', { at: 'kextload /private/tmp/kext-dev/User.kext' });
    assert.match(told.message, new RegExp(` broke while loading ${user}\\. .* ${turbine} is loaded, ${built}\\.$`));
    assert.equal(told.remedy, `Load ${user}.`);
  });

  it('in the load of it, which came about all the same: a reload proves it', async () => {
    const meanwhile = (mac: MortalTarget) => void mac.loaded.set(user, older);
    const death = { at: 'kextload /private/tmp/kext-dev/User.kext', meanwhile };
    assert.equal(
      (await loseItsUse(reloadKext, 'Reload', death)).remedy,
      `Reload ${turbine} again: it proves what runs.`,
    );
  });

  it('in the unload of the kext itself, before a reload of which it went: it is loaded by hand afterwards', async () => {
    const meanwhile = (mac: MortalTarget) => void mac.loaded.clear();
    const { remedy } = await loseItsUse(reloadKext, 'Reload', { at: `kextunload ${turbine}`, meanwhile });
    assert.equal(
      remedy,
      `Reload again: what was copied half is replaced. Then load ${user}, which it leaves unloaded.`,
    );
  });
});
