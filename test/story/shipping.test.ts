import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packageExtension } from '../support/packageExtension.ts';
import { readDemo, writeDemo } from '../support/renamedDemo.ts';
import { repositoryFolder, testFolder } from '../support/repository.ts';
import { activationTimes, readmePictures } from '../support/runningExtensions.ts';
import { openWindow, type Window } from '../support/window.ts';

const pictures = join(testFolder, 'story');

/** Stands for the place where the checkout can be read: nothing is asked of the network. */
const site = 'https://kext-dev.invalid/main/';

describe('The .vsix, installed in VS Code', () => {
  let scratch: string;
  let window: Window;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'kext-dev-shipping-'));
    const folder = join(scratch, 'project');
    await writeDemo(await readDemo(), folder);
    await mkdir(pictures, { recursive: true });
    window = await openWindow({
      folder,
      vsix: (await packageExtension(join(scratch, 'kext-dev.vsix'), site)).path,
      scale: 1,
      viewport: { width: 1400, height: 2000 },
      env: { KEXT_DEV_STATE: join(scratch, 'state') },
    });
    await window.page.route(`${site}**`, async route => {
      await route.fulfill({ path: join(repositoryFolder, route.request().url().slice(site.length)) });
    });
  });
  after(async () => {
    await window?.screenshot(join(pictures, 'shipping-end.png')).catch(() => undefined);
    await window?.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is active on a folder with a kext, and VS Code reports how long that took', async () => {
    const status = () => window.statusItem('Kext Dev');
    await window.until('the status item', status, item => item !== undefined, 60_000);
    assert.ok((await activationTimes(window)).has('Kext Dev'));
  });

  it('shows its README with the picture, where that can be read by https', async () => {
    assert.equal((await readmePictures(window, 'Kext Dev')).length, 1);
    await window.screenshot(join(pictures, 'readme.png'));
  });
});
