import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startsNothingForMac } from '../support/asForMac.ts';
import { installForMac } from '../support/installForMac.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { demo } from '../support/pictures/projects.ts';
import { buildHere, type OpenSceneMac, openSceneMac } from '../support/pictures/sceneMac.ts';
import { testCacheHome } from '../support/simulatedBench.ts';
import { pictures, readersOf } from '../support/storyWindow.ts';
import { openWindow, type Window } from '../support/window.ts';

describe('This Mac, whose tools are those of a Simulated Mac', () => {
  let scratch: string;
  let folder: string;
  let mac: OpenSceneMac;
  let window: Window;
  const { sees } = readersOf(() => window, 60_000);
  const dialog = () => window.page.locator('.monaco-dialog-box');
  const answer = (button: string) => dialog().getByRole('button', { name: button }).click();

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'kext-dev-this-mac-'));
    folder = join(scratch, 'winch');
    await mkdir(folder);
    await demo({ 'kext.build.command': buildHere }, startsNothingForMac)(folder);
    mac = await openSceneMac({ reached: 'here', arrange: async () => undefined }, folder, scratch);
    const vsix = join(scratch, 'kext-dev.vsix');
    await packageExtension(vsix);
    const folders = { userDataDir: join(scratch, 'user'), extensionsDir: join(scratch, 'extensions') };
    await installForMac(vsix, folders);
    const env = { XDG_CACHE_HOME: testCacheHome, ...mac.environment };
    window = await openWindow({ folder, ...folders, env, scale: 1 });
    await window.showContainer('Kexts');
  });
  after(async () => {
    await window?.screenshot(join(pictures, 'this-mac-end.png')).catch(() => undefined);
    await window?.close();
    await mac?.[Symbol.asyncDispose]();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is what a project begins with', async () => {
    await sees('the kext on it', /This Mac · Winch not loaded/);
  });

  it('is asked for before the first load, and a no builds and loads nothing', async () => {
    await window.runCommand('Kext Dev: Reload Kext');
    await dialog().waitFor();
    assert.match(
      (await dialog().textContent()) ?? '',
      /A faulty kext panics this Mac: load here, or choose another target\?/,
    );
    await answer('Cancel');
    await sees('that nothing is loaded', /This Mac · Winch not loaded/);
    assert.ok(!existsSync(join(folder, 'build')));
  });

  it('leads to another target', async () => {
    await window.runCommand('Kext Dev: Reload Kext');
    await answer('Choose Another Target');
    await window.page.getByRole('option', { name: /^Simulated Mac,/ }).waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('takes the kext at a yes, and is not asked for again', async () => {
    await window.runCommand('Kext Dev: Reload Kext');
    await answer('Load Here');
    await sees('the build running', /This Mac · Winch 1\.0\.0 running · /);
    await window.runCommand('Kext Dev: Unload Kext');
    await sees('that nothing is loaded', /This Mac · Winch not loaded/);
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the build running', /This Mac · Winch 1\.0\.0 running · /);
    assert.equal(await dialog().count(), 0);
  });
});
