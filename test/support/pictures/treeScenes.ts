import type { Locator } from 'playwright-core';
import { escaped } from '../escaped.ts';
import { benchOn, prepareKernel } from '../simulatedBench.ts';
import { kextDev } from '../terminal.ts';
import type { Window } from '../window.ts';
import { demo } from './projects.ts';
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
];

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
