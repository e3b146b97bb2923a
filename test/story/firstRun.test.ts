import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packageExtension } from '../support/packageExtension.ts';
import { prepareKernel, testCacheHome } from '../support/simulatedBench.ts';
import { pictures, readersOf } from '../support/storyWindow.ts';
import { openWindow, type Window, waitForWorkbench } from '../support/window.ts';

describe('Somebody who has just installed it', () => {
  let scratch: string;
  let window: Window;
  const { status, sees, seesRow } = readersOf(() => window, 60_000);
  const sideBar = async () => (await window.read('sidebar')).join('\n');

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'kext-dev-first-'));
    const vsix = join(scratch, 'kext-dev.vsix');
    await Promise.all([prepareKernel(), packageExtension(vsix)]);
    // The demo kext is opened from the home folder.
    const env = { HOME: scratch, XDG_CACHE_HOME: testCacheHome, XDG_STATE_HOME: join(scratch, 'state') };
    window = await openWindow({ vsix, env, scale: 1 });
  });
  after(async () => {
    await window?.screenshot(join(pictures, 'first-run-end.png')).catch(() => undefined);
    await window?.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  it('sees nothing of it in a window without a folder until its view is opened, and the ways in then', async () => {
    assert.equal(await status(), 'no status item');
    await window.showContainer('Kexts');
    const ways = (text: string) => /Open the Demo Kext \(needs no Mac\).*Choose a Target/s.test(text);
    await window.until('the ways in', sideBar, ways);
  });

  it('opens the demo, whose window begins with its kexts, and loads it', async () => {
    await window.page.locator('.part.sidebar').getByRole('button', { name: 'Open the Demo Kext' }).click();
    await window.page.waitForURL(/kext-dev-demo/, { timeout: 60_000 });
    await waitForWorkbench(window.page);
    await sees('the demo', /Simulated Mac · Winch not loaded/);
    await seesRow('its row', /^com\.example\.driver\.Winch, your kext, .*not loaded$/);
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the build running', /Winch 1\.0\.0 running · /);
  });
});
