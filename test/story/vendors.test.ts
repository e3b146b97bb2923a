import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isApple } from '../../src/model/kext.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { benchOn } from '../support/simulatedBench.ts';
import { pictures, prepareStory, readersOf, type Story } from '../support/storyWindow.ts';
import type { Window } from '../support/window.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);

console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

describe('Another vendor’s kext, as a person sees it in VS Code', () => {
  let story: Story;
  let window: Window;
  let vendor: string;

  const { spoken, sees, seesRow } = readersOf(() => window, 20_000);
  const row = () => window.page.locator('.part.sidebar').getByRole('treeitem', { name: new RegExp(`^${vendor},`) });
  const dialog = () => window.page.locator('.monaco-dialog-box');
  const chooseUnload = async () => {
    await row().click({ button: 'right' });
    await window.page.getByRole('menuitem', { name: 'Unload This Kext…' }).waitFor();
    for (const key of ['ArrowDown', 'Enter']) await window.page.keyboard.press(key);
    await dialog().waitFor();
  };

  before(async () => {
    story = await prepareStory(files, { height: 1100, settings: '{ "kext.target": "simulated" }' });
    const mac = benchOn(story.folder, story.state, undefined, { otherKexts: { kexts: 12, classes: 0 } });
    const { kexts } = await mac.snapshot();
    vendor = kexts.map(({ bundleIdentifier }) => bundleIdentifier).find(each => !isApple(each)) ?? assert.fail();
    window = await story.open();
    await window.showContainer('Kexts');
    await sees('the kext, not loaded', /not loaded/);
  });
  after(() => story?.end('vendors-end.png'));

  it('stands below one’s own, with what it is linked against, and its classes are not claimed to be known', async () => {
    await row().locator('.monaco-tl-twistie').click();
    await seesRow('its classes', /^Classes: not listed by this target$/);
    await seesRow('its libraries', /^Linked against: 3 kexts$/);
    await window.screenshot(join(pictures, 'vendors.png'));
  });

  it('is unloaded once that is confirmed by its name, and not without', async () => {
    await chooseUnload();
    assert.match((await dialog().textContent()) ?? '', new RegExp(`Unload ${vendor} from the Simulated Mac\\?`));
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await window.runCommand('Kext Dev: Refresh');
    assert.ok((await spoken()).some(each => each.startsWith(`${vendor},`)));

    await chooseUnload();
    await dialog().getByRole('button', { name: 'Unload', exact: true }).click();
    await window.until('the list without it', spoken, rows => !rows.some(each => each.startsWith(`${vendor},`)));
  });
});
