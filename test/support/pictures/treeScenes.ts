import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { escaped } from '../escaped.ts';
import { demoNames, readDemo, renameDemo, writeDemo } from '../renamedDemo.ts';
import { benchOn, prepareKernel } from '../simulatedBench.ts';
import { kextDev } from '../terminal.ts';
import type { Window } from '../window.ts';
import { demo, writeSettings } from './projects.ts';
import type { Scene, State } from './scene.ts';

const vendor = 'com.brightwell.driver.BrightwellController';

const whatStandsThere: readonly State[] = [
  {
    name: 'other-vendor',
    reach: async ({ window, run, sees, seesInSideBar }) => {
      await window.showContainer('Kexts');
      await sees('the kext', /not loaded/);
      await run('Reload Kext');
      await sees('the build running', / running · /);
      await row(window, vendor).locator('.monaco-tl-twistie').click();
      await seesInSideBar('its classes', /not listed by this target/);
    },
  },
  {
    name: 'unload-other',
    reach: async ({ window }) => {
      await row(window, vendor).click({ button: 'right' });
      await window.page.getByRole('menuitem', { name: 'Unload This Kext…' }).waitFor();
      for (const key of ['ArrowDown', 'Enter']) await window.page.keyboard.press(key);
      await window.page.locator('.monaco-dialog-box').waitFor();
    },
    leave: ({ window }) => window.page.getByRole('button', { name: 'Cancel' }).click(),
  },
  {
    name: 'filter',
    reach: async ({ window, run, seesInSideBar }) => {
      await run('Filter Kexts');
      await window.page.locator('.quick-input-widget input').first().fill('usb');
      await seesInSideBar('what is left', /“usb”: \d+ of \d+ kexts/);
    },
  },
  {
    name: 'filtered',
    reach: async ({ window }) => {
      await window.page.keyboard.press('Enter');
    },
  },
];

/** The tree with more than one's own kext, and while another process works on that one. */
export const treeScenes: readonly Scene[] = [
  {
    fill: demo(),
    arrange: async (folder, state) => {
      await prepareKernel();
      await benchOn(folder, state, undefined, { otherKexts: { kexts: 40, classes: 120 } }).snapshot();
    },
    states: whatStandsThere,
  },
  { fill: demo(), states: [waitsForAnother()] },
  { fill: twoKexts, states: [oneRefused()] },
];

async function twoKexts(folder: string): Promise<void> {
  const first = await readDemo();
  await writeDemo(first, join(folder, 'winch'));
  await writeDemo(renameDemo(first, otherSeed), join(folder, 'other'));
  await writeSettings(folder, { 'kext.target': 'simulated' });
}

const otherSeed = 7;

/** Of two kexts the one that is not shown has a leak. */
function oneRefused(): State {
  return {
    name: 'several-kexts-refused',
    reach: async ({ window, run, sees, seesInSideBar, names, clearToasts }) => {
      const other = demoNames(renameDemo(await readDemo(), otherSeed));
      const select = async (kext: string) => {
        await run('Select Kext');
        await window.page.getByRole('option', { name: kext }).click();
        await sees('that it is shown', new RegExp(escaped(kext.split('.').at(-1) ?? '')));
      };
      await window.showContainer('Kexts');
      await select(names.bundleIdentifier);
      await run('Reload Kext');
      await sees('the build running', / running · /);
      await run('Simulated Mac: Use the Driver');
      await seesInSideBar('the use', /1 live/);
      await run('Unload Kext');
      await sees('the refusal', /refused/);
      await select(other.bundleIdentifier);
      await run('Reload Kext');
      await sees('the other build running', / running · /);
      await seesInSideBar('what was found of the first', /1 leaked/);
      await clearToasts();
    },
  };
}

/** Another window and a terminal look the same to this one. */
function waitsForAnother(): State {
  const abort = new AbortController();
  let other: Promise<unknown> | undefined;
  return {
    name: 'waits-for-another',
    reach: async ({ window, folder, state, run, sees }) => {
      await window.showContainer('Kexts');
      await sees('the kext', /not loaded/);
      const place = ['--target', 'simulated', '--project', folder, '--state', state];
      other = kextDev(['reload', ...place, '--build', '["sleep", "600"]'], { signal: abort.signal });
      await window.page.waitForTimeout(3000);
      await run('Reload Kext');
      await window.page.locator('.notifications-toasts a', { hasText: 'Replace' }).waitFor();
    },
    leave: async ({ window, sees }) => {
      await window.answerNotification('Cancel');
      abort.abort();
      await other;
      await sees('the kext', /not loaded/);
    },
  };
}

function row({ page }: Window, label: string): Locator {
  return page.locator('.part.sidebar').getByRole('treeitem', { name: new RegExp(`^${escaped(label)},`) });
}
