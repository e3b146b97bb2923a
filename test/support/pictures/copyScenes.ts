import { cp, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { demo } from './projects.ts';
import type { Scene, Stage } from './scene.ts';

const entries = '.quick-input-list .monaco-list-row';

/** What is kept of the reloads, and what else of the kext lies on the Mac. */
export const copyScenes: readonly Scene[] = [
  {
    fill: demo(),
    prepare: async ({ window, edit, run, sees }) => {
      await window.showContainer('Kexts');
      await sees('the kext', /not loaded/);
      await run('Reload Kext');
      await sees('the build running', / running · /);
      await edit('kmod.c', text => `${text}\nint broken = ;\n`);
      await run('Reload Kext');
      await sees('the failed build', /does not build/);
      await edit('kmod.c', text => text.replace('broken = ', 'anotherBuild = 1'));
      await run('Reload Kext');
      await sees('the build running', / running · /);
    },
    states: [
      {
        name: 'shelf',
        reach: async ({ window, run }) => {
          await run('Show Shelf…');
          await window.page.locator(entries).nth(1).waitFor();
        },
      },
      {
        name: 'shelf-reload',
        reach: async ({ window }) => {
          await window.page.keyboard.press('Enter');
          await window.page.getByRole('option', { name: /Load This Build/ }).waitFor();
        },
        leave: ({ window }) => window.page.keyboard.press('Escape'),
      },
      {
        name: 'stale-copies',
        reach: async stage => {
          await copyInstalled(stage);
          await stage.run('Find Stale Copies…');
          await stage.window.page.locator(entries, { hasText: 'Stale.kext' }).click();
        },
      },
      {
        name: 'remove-copy',
        reach: async ({ window }) => {
          await window.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
          await window.page.locator('.monaco-dialog-box').waitFor();
        },
        leave: ({ window }) => window.page.getByRole('button', { name: 'Cancel' }).click(),
      },
      {
        name: 'not-read',
        reach: async ({ state, run, seesInSideBar }) => {
          await rename(join(state, 'journal.jsonl'), join(state, 'journal.kept'));
          await mkdir(join(state, 'journal.jsonl'));
          await run('Refresh');
          await seesInSideBar('what leads out', /Reset the Simulated Mac/);
        },
      },
    ],
  },
];

async function copyInstalled({ state }: Stage): Promise<void> {
  const installed = join(state, 'disk', 'private', 'tmp', 'kext-dev');
  const bundle = (await readdir(installed)).find(each => /^[^.].*\.kext$/.test(each)) ?? '';
  await cp(join(installed, bundle), join(state, 'disk', 'Library', 'Extensions', 'Stale.kext'), { recursive: true });
}
