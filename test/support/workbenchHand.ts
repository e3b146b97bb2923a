import type { Locator, Page } from 'playwright-core';
import { escaped } from './escaped.ts';

/** The command palette: `title` as it stands there, category and all: `Kext Dev: Reload Kext`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await takeFromQuickInput(page, 'F1', `>${title}`, optionNamed(page, title));
}

/**
 * Opens the quick input with a key, types, and takes an entry. One that lost what was typed, or was opened before the
 * entry was offered, is opened again, as a person would.
 */
async function takeFromQuickInput(page: Page, key: string, typed: string, option: Locator): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  for (let attempts = 1; ; attempts += 1) {
    await page.keyboard.press(key);
    try {
      await input.fill(typed, { timeout: 3000 });
      await option.click({ timeout: 3000 });
      return;
    } catch (error) {
      if (attempts === 10) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Types into the open quick pick and clicks the entry; of several the one whose label begins with `label` as a whole. */
export async function pickQuickly(page: Page, typed: string, label: string): Promise<void> {
  await page.locator('.quick-input-widget input').first().fill(typed);
  await optionNamed(page, label).click();
}

function optionNamed(page: Page, label: string): Locator {
  const name = new RegExp(`^${escaped(label)}(,|$)`);
  return page.locator('.quick-input-list').getByRole('option', { name }).first();
}

/** Opens a file of the first workspace folder by its path or the end of it. */
export async function openFile(page: Page, path: string): Promise<void> {
  const base = path.split('/').at(-1) ?? path;
  const name = new RegExp(`^${escaped(base)}\\b`);
  const option = page.locator('.quick-input-list').getByRole('option', { name }).first();
  await takeFromQuickInput(page, 'Control+p', path, option);
  await page.locator(`.tab.active[data-resource-name="${base}"]`).first().waitFor();
}

/** Puts the cursor at a place of the open file; both count from 1. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  const name = new RegExp(`line ${line}\\b`);
  const option = page.locator('.quick-input-list').getByRole('option', { name }).first();
  await takeFromQuickInput(page, 'Control+p', `:${line}:${column}`, option);
  await page.locator('.quick-input-widget input').first().waitFor({ state: 'hidden' });
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

/** Replaces a whole line of the open file with what a developer types there. Nothing is saved. */
export async function replaceLine(page: Page, line: number, text: string): Promise<void> {
  await goTo(page, line);
  await page.keyboard.press('Home');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
  const [first = ''] = text.trim().split('\n');
  const shown = new RegExp(escaped(first).replace(/ /g, '\\s'));
  await page.locator('.editor-group-container.active .view-line').filter({ hasText: shown }).first().waitFor();
}

/** Saves the open file and waits until its tab says so. */
export async function saveFile(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
}

/** Opens the Problems panel and leaves it open. */
export async function showProblems(page: Page): Promise<void> {
  if (await page.locator('.markers-panel').isVisible()) return;
  await page.keyboard.press('Control+Shift+m');
  await page.locator('.markers-panel').waitFor();
}

/** Opens a container of the activity bar, and leaves it open where it is. */
export async function showContainer(page: Page, title: string): Promise<void> {
  const tab = page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${escaped(title)}`) });
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
}

/** Drags the side bar's edge, so that long rows can be read. */
export async function widenSideBar(page: Page, pixels: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('the side bar is closed');
  const [edge, middle] = [box.x + box.width, box.y + box.height / 2];
  await page.mouse.move(edge, middle);
  await page.mouse.down();
  await page.mouse.move(edge + pixels, middle, { steps: 5 });
  await page.mouse.up();
}

/** Presses a button of a toast. */
export async function answerNotification(page: Page, button: string): Promise<void> {
  await page.locator('.notifications-toasts').getByRole('button', { name: button }).first().click();
}

/** Trusts the folder, as a person does in VS Code's own editor for it. */
export async function grantTrust(page: Page): Promise<void> {
  await runCommand(page, 'Workspaces: Manage Workspace Trust');
  const editor = page.locator('.workspace-trust-editor');
  await editor
    .getByRole('button', { name: /^Trust$/ })
    .first()
    .click();
  await page.locator('.part.banner').waitFor({ state: 'hidden' });
}

/** A picture of the window at rest: no pointer over anything, no animation. */
export async function photograph(page: Page, path: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 1400, height: 900 };
  await page.mouse.move(size.width * 0.6, size.height * 0.6);
  await page.waitForTimeout(300);
  await page.screenshot({ path, animations: 'disabled' });
}
