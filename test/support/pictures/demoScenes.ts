import type { Locator } from 'playwright-core';
import { escaped } from '../escaped.ts';
import { declarationOf, readDemo } from '../renamedDemo.ts';
import type { Window } from '../window.ts';
import { goTo } from '../workbenchHand.ts';
import { movePointerAway } from './looks.ts';
import { demo, writeSettings } from './projects.ts';
import type { Scene, State } from './scene.ts';

const target = { 'kext.target': 'simulated' };
const slowBuild = { 'kext.build.command': ['sh', '-c', 'sleep 600; make'] };

const notLoaded: State = {
  name: 'not-loaded',
  reach: async ({ window, sees }) => {
    await window.showContainer('Kexts');
    await sees('the kext', /not loaded/);
  },
};

const running: State = {
  name: 'running',
  reach: async ({ window, names, run, sees }) => {
    await window.openFile(`${names.engine}.hpp`);
    await run('Reload Kext');
    await sees('the build running', / running · /);
    await seesLens(window, /^1 live/);
  },
};

const whatIsOffered: readonly State[] = [
  {
    name: 'palette',
    reach: async ({ window }) => {
      await window.page.keyboard.press('F1');
      await window.page.locator('.quick-input-widget input').first().fill('>Kext Dev');
    },
    leave: ({ window }) => window.page.keyboard.press('Escape'),
  },
  {
    name: 'row-menu',
    reach: async () => undefined,
    again: async ({ window, names }) => {
      await window.page.keyboard.press('Escape');
      await row(window, names.bundleIdentifier).click();
      await window.page.keyboard.press('Shift+F10');
    },
    leave: ({ window }) => window.page.keyboard.press('Escape'),
  },
  {
    name: 'reload-plan',
    reach: async ({ window, names, run }) => {
      await run('Show Reload Plan');
      const page = () => window.read('editor');
      await window.until('the plan', page, lines => lines.some(line => line.includes(names.bundleIdentifier)));
    },
  },
  {
    name: 'reloading',
    reach: async ({ window, folder, run, sees }) => {
      await writeSettings(folder, { ...target, ...slowBuild });
      await window.page.waitForTimeout(1500);
      await run('Reload Kext');
      await sees('the build at work', /building/);
    },
  },
  {
    name: 'waits-its-turn',
    reach: async ({ window, run }) => {
      await run('Install Kext');
      const told = (all: readonly string[]) => all.some(text => /waits for the end of/.test(text));
      await window.until('that it waits', () => window.read('notifications'), told);
    },
    leave: async ({ window, folder, sees }) => {
      for (const _ of ['install', 'reload']) await window.answerNotification('Cancel');
      await sees('the end of it', /not loaded/);
      await writeSettings(folder, target);
      await window.page.waitForTimeout(1500);
    },
  },
];

const whatIsSaidOfIt: readonly State[] = [
  {
    name: 'class-hover',
    reach: async ({ window, names }) => {
      await goTo(window.page, declarationOf(names.engine, await readDemo()).line, 8);
    },
    again: async ({ window }) => {
      await window.page.keyboard.press('Escape');
      await window.page.keyboard.press('Control+k');
      await window.page.keyboard.press('Control+i');
    },
    leave: ({ window }) => window.page.keyboard.press('Escape'),
  },
  {
    name: 'status-hover',
    reach: async () => undefined,
    again: async ({ window }) => {
      await movePointerAway(window);
      await window.page.locator('.statusbar-item', { hasText: 'Simulated Mac' }).first().hover();
    },
  },
  {
    name: 'row-hover',
    reach: async () => undefined,
    again: async ({ window, names }) => {
      await movePointerAway(window);
      await row(window, names.bundleIdentifier).hover();
      await window.page.waitForTimeout(1000);
    },
    leave: ({ window }) => movePointerAway(window),
  },
];

const held: readonly State[] = [
  {
    name: 'how-to-use',
    reach: async ({ window, run, names }) => {
      await run('Simulated Mac: Use the Driver As…');
      await window.page.getByRole('option', { name: names.staying }).waitFor();
    },
    leave: async ({ window, names, sees }) => {
      await window.pick(names.staying);
      await sees('the end of the use', / running · /);
    },
  },
  {
    name: 'question',
    reach: async ({ window, run }) => {
      await run('Unload Kext');
      await window.page.locator('.monaco-dialog-box').waitFor();
    },
    leave: ({ window }) => window.page.getByRole('button', { name: 'Unload Anyway' }).click(),
  },
  {
    name: 'held',
    reach: async ({ window, names, sees, seesProblem }) => {
      await sees('the refusal', /refused to unload/);
      await window.openFile(`${names.driver}.hpp`);
      await seesProblem(/held/);
      await seesLens(window, /held/);
    },
  },
];

const leaked: readonly State[] = [
  {
    name: 'refused',
    reach: async ({ window, run, sees, seesProblem }) => {
      await run('Simulated Mac: Use the Driver');
      await sees('the end of the use', / running · /);
      await run('Reload Kext');
      await sees('the refusal', /refused to unload/);
      await seesProblem(/leaked/);
      await seesLens(window, /^1 leaked/);
    },
  },
  {
    name: 'refused-waiting',
    reach: async ({ clearToasts, edit, run, sees }) => {
      await clearToasts();
      await edit('kmod.c', text => `${text}\nint anotherBuild = 1;\n`);
      await run('Reload Kext');
      await sees('what is awaited', /refused to unload, waits for a restart/);
    },
  },
  {
    name: 'cause-page',
    reach: async ({ window, clearToasts }) => {
      await clearToasts();
      await window.page.locator('.markers-panel a.monaco-link', { hasText: 'leaked' }).first().click();
      await window.page.locator('iframe.webview').first().waitFor();
      await window.page.waitForTimeout(2000);
    },
  },
  {
    name: 'finish-reload',
    reach: async ({ run, sees }) => {
      await run('Simulated Mac: Restart');
      await sees('that it can be finished', /finish the reload of/);
    },
  },
];

/** The demo on the Mac that loads and unloads at once: once until it is held, once until it leaks. */
export const demoScenes: readonly Scene[] = [
  { fill: demo(target), states: [notLoaded, ...whatIsOffered, running, ...whatIsSaidOfIt, ...held] },
  {
    fill: demo(target),
    prepare: async stage => {
      await notLoaded.reach(stage);
      await running.reach(stage);
    },
    states: leaked,
  },
];

function seesLens(window: Window, expected: RegExp): Promise<unknown> {
  const lenses = () => window.read('codelens');
  return window.until('what stands above the class', lenses, all => all.some(text => expected.test(text)));
}

function row({ page }: Window, label: string): Locator {
  return page.locator('.part.sidebar').getByRole('treeitem', { name: new RegExp(`^${escaped(label)},`) });
}
