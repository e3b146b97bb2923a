import { writeFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';
import type { Window } from '../window.ts';

/** One way in which a window looks. */
export interface Look {
  readonly name: 'light' | 'dark' | 'hc-dark' | 'hc-light' | 'dark-200';
  readonly scheme: 'light' | 'dark';
  readonly highContrast: boolean;
  /** 2: what a person sees at 200 %. */
  readonly zoom: 1 | 2;
  /** What VS Code calls a theme of this kind in its page. */
  readonly themeClass: string;
}

/** The same order in a sheet. */
export const looks: readonly [Look, ...Look[]] = [
  { name: 'light', scheme: 'light', highContrast: false, zoom: 1, themeClass: 'vs' },
  { name: 'dark', scheme: 'dark', highContrast: false, zoom: 1, themeClass: 'vs-dark' },
  { name: 'hc-light', scheme: 'light', highContrast: true, zoom: 1, themeClass: 'hc-light' },
  { name: 'hc-dark', scheme: 'dark', highContrast: true, zoom: 1, themeClass: 'hc-black' },
  { name: 'dark-200', scheme: 'dark', highContrast: false, zoom: 2, themeClass: 'vs-dark' },
];

export const viewport = { width: 1440, height: 900 };

/**
 * Lets VS Code follow what the system prefers. A running window does not notice another settings.json, and a reloaded one
 * has lost its toasts, questions and hovers.
 */
export const followsSystem: Readonly<Record<string, unknown>> = {
  'window.autoDetectColorScheme': true,
  'window.autoDetectHighContrast': true,
  'workbench.preferredDarkColorTheme': 'Default Dark Modern',
  'workbench.preferredLightColorTheme': 'Default Light Modern',
  'workbench.preferredHighContrastColorTheme': 'Default High Contrast',
  'workbench.preferredHighContrastLightColorTheme': 'Default High Contrast Light',
};

/** Gives the window a look, whatever it had. */
export async function wear({ page }: Pick<Window, 'page'>, look: Look): Promise<void> {
  await zoom(page, look.zoom);
  await preferHighContrast(page, look.highContrast);
  // VS Code asks again what is preferred when one of the two has changed, and a change back within a frame is none.
  for (const colorScheme of [look.scheme === 'dark' ? 'light' : 'dark', look.scheme] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(250);
  }
  await page.locator(`.monaco-workbench.${look.themeClass}`).waitFor();
  await page.waitForTimeout(500);
}

/** What a session emulates ends with it. */
const sessions = new WeakMap<Page, CDPSession>();

async function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  return session;
}

/** As the browser does it: fewer and larger pixels in the same window. */
async function zoom(page: Page, factor: number): Promise<void> {
  const size = { width: viewport.width / factor, height: viewport.height / factor };
  await page.setViewportSize(size);
  const session = await sessionOf(page);
  await session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: factor, mobile: false });
}

/** A picture of the window as it looks; Playwright's own would undo the zoom. */
export async function photograph({ page }: Pick<Window, 'page'>, path: string): Promise<void> {
  const session = await sessionOf(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
  await writeFile(path, Buffer.from(data, 'base64'));
}

/**
 * As the system's setting would. Chromium's own emulation of it would paint over the theme's colours, which VS Code on
 * macOS and Linux shows as they are.
 */
async function preferHighContrast(page: Page, preferred: boolean): Promise<void> {
  await page.evaluate(`{
    window.askSystem ??= window.matchMedia.bind(window);
    window.matchMedia = query => {
      const list = window.askSystem(query);
      return query.includes('forced-colors') ? Object.defineProperty(list, 'matches', { value: ${preferred} }) : list;
    };
  }`);
}

/** Moves the pointer to where nothing has a hover of its own. */
export async function movePointerAway({ page }: Pick<Window, 'page'>): Promise<void> {
  const { width, height } = page.viewportSize() ?? viewport;
  await page.mouse.move(width * 0.6, height * 0.6, { steps: 2 });
}
