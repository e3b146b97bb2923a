import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readDemo } from '../support/renamedDemo.ts';
import { repositoryFolder } from '../support/repository.ts';
import { activationTimes, readmePictures } from '../support/runningExtensions.ts';
import { pictures, prepareStory, type Story } from '../support/storyWindow.ts';
import type { Window } from '../support/window.ts';

/** Stands for the place where the checkout can be read: nothing is asked of the network. */
const site = 'https://kext-dev.invalid/main/';

describe('The .vsix, installed in VS Code', () => {
  let story: Story;
  let window: Window;

  before(async () => {
    story = await prepareStory(await readDemo(), { height: 2000, site });
    window = await story.open();
    await window.page.route(`${site}**`, async route => {
      await route.fulfill({ path: join(repositoryFolder, route.request().url().slice(site.length)) });
    });
  });
  after(() => story?.end('shipping-end.png'));

  it('is active on a folder with a kext, and VS Code reports how long that took', async () => {
    const status = () => window.statusItem('Kext Dev');
    await window.until('the status item', status, item => item !== undefined, 60_000);
    await activationTimes(window);
  });

  it('shows its README with the picture, where that can be read by https', async () => {
    assert.equal((await readmePictures(window, 'Kext Dev')).length, 1);
    await window.screenshot(join(pictures, 'readme.png'));
  });
});
