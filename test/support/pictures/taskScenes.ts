import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { linkedKexts } from '../linkedKexts.ts';
import { demoNames, writeDemo } from '../renamedDemo.ts';
import type { Window } from '../window.ts';
import { demo, writeSettings } from './projects.ts';
import type { Scene, Stage } from './scene.ts';

/** The terminal of a task, and several kexts that are linked with one another. */
export const taskScenes: readonly Scene[] = [
  {
    fill: demo(),
    prepare: async ({ window, names, sees }) => {
      await window.showContainer('Kexts');
      await window.openFile(`${names.engine}.hpp`);
      await sees('the kext', /not loaded/);
    },
    states: [
      {
        name: 'run-task',
        reach: async ({ window }) => {
          await window.runCommand('Tasks: Run Task');
          await entry(window, /kext/).click();
          await entry(window, /kext: reload/).waitFor();
        },
      },
      {
        name: 'task-terminal',
        reach: async stage => {
          await entry(stage.window, /kext: reload/).click();
          await stage.sees('the build running', / running · /);
          await seesTerminal(stage, /loaded and proved/);
        },
      },
      {
        name: 'task-refused',
        reach: async stage => {
          const { window, run, sees } = stage;
          await run('Simulated Mac: Use the Driver');
          await sees('the end of the use', / running · /);
          await window.runCommand('Tasks: Rerun Last Task');
          await sees('the refusal', /refused to unload/);
          await window.runCommand('Terminal: Focus Terminal');
          await seesTerminal(stage, /was not unloaded/);
        },
      },
    ],
  },
  {
    fill: async folder => {
      await demo()(folder);
      const runOptions = { runOn: 'folderOpen' };
      const tasks = [{ label: 'unload first', type: 'kext', action: 'unload', project: '.', runOptions }];
      await writeFile(join(folder, '.vscode', 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks }));
    },
    prepare: async ({ window, sees }) => {
      await window.showContainer('Kexts');
      await sees('the kext', /not loaded/);
    },
    states: [
      {
        name: 'folder-task',
        reach: async ({ window }) => {
          await window.runCommand('Tasks: Run Task');
          await entry(window, /unload first/).click();
          const asked = (all: readonly string[]) => all.some(text => /wants to begin/.test(text));
          await window.until('the question', () => window.read('notifications'), asked);
        },
        leave: ({ clearToasts }) => clearToasts(),
      },
    ],
  },
  {
    fill: async folder => {
      for (const files of await linkedKexts(2)) await writeDemo(files, join(folder, demoNames(files).executable));
      await writeSettings(folder, { 'kext.target': 'simulated' });
    },
    prepare: async ({ window, run, sees }) => {
      await window.showContainer('Kexts');
      const kexts = (await linkedKexts(2)).map(files => demoNames(files));
      for (const { bundleIdentifier } of [...kexts, ...kexts.slice(0, 1)]) {
        await run('Select Kext');
        await window.pick(bundleIdentifier);
        const shortName = bundleIdentifier.split('.').at(-1);
        await sees('that kext', new RegExp(`${shortName} `));
        await run('Reload Kext');
        await sees('it running', new RegExp(`${shortName} .* running · `));
      }
    },
    states: [
      {
        name: 'linked-kexts',
        reach: async ({ window, run }) => {
          await run('Show Reload Plan');
          const page = () => window.read('editor');
          await window.until('the plan', page, lines => lines.some(line => /, then /.test(line)));
        },
      },
    ],
  },
];

/** Of a list that is open. */
function entry({ page }: Window, label: RegExp): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
}

async function seesTerminal({ window }: Stage, expected: RegExp): Promise<void> {
  const rows = async () => (await window.page.locator('.xterm-rows').allInnerTexts()).join('\n');
  await window.until('the terminal', rows, text => expected.test(text.replaceAll('\u00a0', ' ')));
}
