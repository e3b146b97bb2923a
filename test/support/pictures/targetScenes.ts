import { copyFile, writeFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { passphraseOfKey, passwordOfMac, wantPassword } from '../sshMacBridge.ts';
import type { Window } from '../window.ts';
import { demo, writeSettings } from './projects.ts';
import type { Scene } from './scene.ts';
import { loadedOverSsh } from './sceneMac.ts';

const hosts = ['mini', 'build-mac.local'];

function complaint({ page }: Window): Locator {
  return page.locator('.quick-input-message', { hasText: 'Expected a host name' });
}

function passwordBox({ page }: Window, title: string): Locator {
  return page.locator('.quick-input-widget', { hasText: title });
}

/** A Mac over SSH, from its choice on until it is away. */
export const targetScenes: readonly Scene[] = [
  {
    fill: demo({ 'kext.targets': hosts }),
    mac: loadedOverSsh,
    prepare: async ({ window, sees }) => {
      await window.showContainer('Kexts');
      await sees('that no target is chosen', /no target/);
    },
    states: [
      {
        name: 'select-target-over-ssh',
        reach: async ({ window, run }) => {
          await run('Select Target');
          await window.page.getByRole('option', { name: hosts[1] ?? '' }).waitFor();
        },
      },
      {
        name: 'another-mac',
        reach: async ({ window }) => {
          await window.pick('Another Mac over SSH…');
          await window.page.locator('.quick-input-title', { hasText: 'A Mac over SSH' }).waitFor();
          await window.page.locator('.quick-input-widget input').first().fill('-oProxyCommand=x');
          await complaint(window).waitFor();
        },
        leave: async ({ window }) => {
          await window.page.locator('.quick-input-widget input').first().fill('mini');
          await complaint(window).waitFor({ state: 'detached' });
          await window.page.keyboard.press('Enter');
        },
      },
      {
        name: 'ssh-target',
        reach: async ({ window, names, sees, seesInSideBar }) => {
          await window.openFile(`${names.engine}.hpp`);
          await sees('the kext on it', /mini · .* running · /);
          await seesInSideBar('its classes', new RegExp(names.engine));
        },
      },
      {
        name: 'ssh-target-away',
        reach: async ({ server, run, seesInSideBar }) => {
          await server?.kill();
          await run('Refresh');
          await seesInSideBar('why', /on mini|mini does not|to mini broke/);
        },
        leave: async ({ server, run, sees }) => {
          await server?.start();
          await run('Refresh');
          await sees('the kext on it', /mini · .* running · /);
        },
      },
      {
        name: 'ssh-host-key',
        reach: async ({ server, run, seesInSideBar }) => {
          await copyFile(server?.knownHosts ?? '', `${server?.knownHosts}.kept`);
          await writeFile(server?.knownHosts ?? '', '');
          await server?.kill();
          await server?.start();
          await run('Refresh');
          await seesInSideBar('why', /host key of mini is not known/);
        },
        leave: async ({ server, run, sees }) => {
          await copyFile(`${server?.knownHosts}.kept`, server?.knownHosts ?? '');
          await run('Refresh');
          await sees('the kext on it', /mini · .* running · /);
        },
      },
      {
        name: 'passphrase',
        reach: async ({ window, server, run }) => {
          await server?.changePassphrase('', passphraseOfKey);
          await server?.kill();
          await server?.start();
          await run('Refresh');
          await passwordBox(window, 'To Reach mini').waitFor();
        },
        leave: ({ window }) => window.page.keyboard.press('Escape'),
      },
      {
        name: 'not-let-in',
        reach: ({ seesInSideBar }) => seesInSideBar('why', /ssh asks/).then(() => undefined),
        leave: async ({ server, run, sees }) => {
          await server?.changePassphrase(passphraseOfKey, '');
          await run('Refresh');
          await sees('the kext on it', /mini · .* running · /);
        },
      },
    ],
  },
  {
    fill: demo({ 'kext.target': 'ssh:mini' }),
    mac: loadedOverSsh,
    prepare: async ({ window, tools, sees }) => {
      await window.showContainer('Kexts');
      await sees('the kext on it', /mini · .* running · /);
      await wantPassword(tools);
    },
    states: [
      {
        name: 'password',
        reach: async ({ window, run }) => {
          await run('Unload Kext');
          await passwordBox(window, 'Your Password on mini').waitFor();
        },
        leave: async ({ window }) => {
          await window.page.locator('.quick-input-widget input').first().fill('a winch');
          await window.page.keyboard.press('Enter');
        },
      },
      {
        name: 'password-wrong',
        reach: ({ window }) => passwordBox(window, 'That was not the password').waitFor(),
        leave: async ({ window, sees }) => {
          await window.page.locator('.quick-input-widget input').first().fill(passwordOfMac);
          await window.page.keyboard.press('Enter');
          await sees('the kext, not loaded', /not loaded/);
        },
      },
      {
        name: 'built-for-simulated',
        reach: async ({ run, clearToasts, seesProblem }) => {
          await clearToasts();
          await run('Load Kext');
          await seesProblem(/was built for the Simulated Mac/);
        },
      },
    ],
  },
  {
    fill: demo({ 'kext.target': 'ssh:mini mac' }),
    states: [
      {
        name: 'wrong-target',
        reach: async ({ window, seesProblem }) => {
          await window.showContainer('Kexts');
          await window.openFile('.vscode/settings.json');
          await seesProblem(/kext\.target is "ssh:mini mac"/);
        },
        leave: ({ folder }) => writeSettings(folder, { 'kext.target': 'simulated' }),
      },
    ],
  },
];
