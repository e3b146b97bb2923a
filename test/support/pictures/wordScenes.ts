import type { Locator } from 'playwright-core';
import { declarationOf, readDemo } from '../renamedDemo.ts';
import type { Window } from '../window.ts';
import { goTo } from '../workbenchHand.ts';
import { movePointerAway } from './looks.ts';
import { demo, writeSettings } from './projects.ts';
import type { Scene, Stage, State } from './scene.ts';

const target = { 'kext.target': 'simulated' };

/** What is said of a refusal besides its Problems: the light bulb, the log, the catalogue; and what is recorded of a Mac. */
export const wordScenes: readonly Scene[] = [{ fill: demo(target), prepare: refused, states: states() }];

async function refused({ window, names, run, sees, seesProblem, clearToasts }: Stage): Promise<void> {
  await window.showContainer('Kexts');
  await window.openFile(`${names.engine}.hpp`);
  await run('Reload Kext');
  await sees('the build running', / running · /);
  await run('Simulated Mac: Use the Driver');
  await sees('the end of the use', / running · /);
  await run('Unload Kext');
  await sees('the refusal', /refused to unload/);
  await seesProblem(/leaked/);
  await clearToasts();
}

function states(): readonly State[] {
  return [
    {
      name: 'explorer-badge',
      reach: ({ window }) => window.showContainer('Explorer'),
      leave: ({ window }) => window.showContainer('Kexts'),
    },
    {
      name: 'light-bulb',
      reach: async ({ window, names }) => {
        await goTo(window.page, declarationOf(names.engine, await readDemo()).line, 8);
      },
      again: async ({ window }) => {
        await window.page.keyboard.press('Escape');
        await window.page.keyboard.press('Control+.');
      },
      leave: ({ window }) => window.page.keyboard.press('Escape'),
    },
    {
      name: 'inline-counts',
      reach: async ({ folder, window }) => {
        await writeSettings(folder, { ...target, 'kext.counts.show': 'inline' });
        await window.page.waitForTimeout(2000);
      },
      leave: async ({ folder }) => writeSettings(folder, target),
    },
    {
      name: 'log-hover',
      reach: async ({ window, run }) => {
        await run('Show Log');
        await window.runCommand('View: Toggle Maximized Panel');
        await window.page.locator('.part.panel input[placeholder*="!excludeText"]').first().fill('instances:');
        await refusal(window).waitFor();
      },
      again: async ({ window }) => {
        await movePointerAway(window);
        await refusal(window).hover();
        await window.page.waitForTimeout(500);
      },
      leave: ({ window }) => window.runCommand('View: Toggle Maximized Panel'),
    },
    {
      name: 'explain-error',
      reach: async ({ window, run }) => {
        await window.page.keyboard.press('Escape');
        await run('Explain Kext Error…');
        await window.page.locator('.quick-input-widget input').first().fill('0xdc008018');
        await window.page.keyboard.press('Enter');
        await window.page
          .getByRole('option', { name: /classes have instances/ })
          .first()
          .waitFor();
      },
    },
    {
      name: 'explained',
      reach: async ({ window }) => {
        await window.page
          .getByRole('option', { name: /^Show all|Show all$/ })
          .first()
          .click();
        await window.page.locator('.tab', { hasText: 'What This Means' }).first().waitFor();
        await window.page.waitForTimeout(1500);
      },
    },
    {
      name: 'record-captures',
      reach: async ({ window, run }) => {
        await run('Record Captures…');
        await window.page.getByRole('option', { name: /over SSH/ }).waitFor();
      },
      leave: async ({ window }) => {
        await window.page.getByRole('option', { name: 'What the tools of the Simulated Mac say' }).click();
      },
    },
    {
      name: 'captures-review',
      reach: async ({ window }) => {
        await window.page.locator('.tab.active', { hasText: 'aptures' }).first().waitFor();
        await window.page.waitForTimeout(1000);
      },
    },
  ];
}

function refusal({ page }: Window): Locator {
  return page.locator('.part.panel .view-line', { hasText: 'instances:' }).last();
}
