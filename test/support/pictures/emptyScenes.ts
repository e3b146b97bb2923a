import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDemo, renameDemo, writeDemo } from '../renamedDemo.ts';
import { pumpProject, writeInto } from '../xcodeFixture.ts';
import { demo, writeSettings } from './projects.ts';
import type { Scene } from './scene.ts';

/** Before there is a kext: what the side bar says instead of a tree; and how one is chosen and set up. */
export const emptyScenes: readonly Scene[] = [
  {
    states: [
      {
        name: 'no-folder',
        reach: async ({ window, seesInSideBar }) => {
          await window.showContainer('Kexts');
          await seesInSideBar('the way to a target', /Choose a Target/);
        },
      },
      {
        name: 'walkthrough',
        reach: async ({ window }) => {
          await window.runCommand('Welcome: Open Walkthrough...');
          await window.pick('Get Started with Kext Dev');
          await window.page.locator('.gettingStartedContainer .step-title').first().waitFor();
          await window.page.waitForTimeout(3000);
        },
      },
    ],
  },
  {
    fill: folder => writeFile(join(folder, 'NOTES.md'), 'No kext.\n'),
    states: [
      {
        name: 'no-kext-project',
        reach: async ({ window, seesInSideBar }) => {
          await window.showContainer('Kexts');
          await seesInSideBar('what is missing', /No kext project/);
        },
      },
    ],
  },
  {
    fill: demo(),
    trusted: false,
    states: [
      {
        name: 'untrusted',
        reach: async ({ window, names, seesInSideBar }) => {
          await window.showContainer('Kexts');
          await seesInSideBar('what its files say', new RegExp(`before you trust it[^]*${names.engine}`));
        },
      },
    ],
  },
  {
    fill: async folder => {
      await writeInto(folder, pumpProject);
      await writeSettings(folder, { 'kext.target': 'simulated' });
    },
    states: [
      {
        name: 'select-build',
        reach: async ({ window, run, sees }) => {
          await window.showContainer('Kexts');
          await window.openFile('Pump/Pump.cpp');
          await sees('the kext', /pump/);
          await run('Select Build');
          await window.page.getByRole('option', { name: /Release/ }).waitFor();
        },
        leave: ({ window }) => window.page.keyboard.press('Escape'),
      },
      {
        name: 'settings',
        reach: async ({ window }) => {
          await window.runCommand('Preferences: Open Settings (UI)');
          await window.page.locator('.settings-editor .setting-item-label').first().waitFor();
          await window.page.locator('.settings-editor .suggest-input-container').click();
          await window.page.keyboard.type('@ext:kext-dev.kext-dev');
          await window.page
            .locator('.settings-editor .setting-item-label', { hasText: /^Path$/ })
            .first()
            .waitFor();
        },
      },
    ],
  },
  {
    fill: async folder => {
      const first = await readDemo();
      await writeDemo(first, join(folder, 'winch'));
      await writeDemo(renameDemo(first, 7), join(folder, 'other'));
      await writeSettings(folder, { 'kext.target': 'simulated' });
    },
    states: [
      {
        name: 'several-kexts',
        reach: async ({ window, seesInSideBar, sees }) => {
          await window.showContainer('Kexts');
          await seesInSideBar('the way to one of them', /Select Kext/);
          await sees('that none is selected', /none selected/);
        },
      },
      {
        name: 'select-kext',
        reach: async ({ window, run, names }) => {
          await run('Select Kext');
          await window.page.getByRole('option', { name: names.bundleIdentifier }).waitFor();
        },
      },
    ],
  },
];
