import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium, headlessArguments } from './chromium.ts';
import { ensureServer } from './serverInstallation.ts';
import { until } from './until.ts';
import { type Theme, testersSettings, writeUserSettings } from './userSettings.ts';
import { installExtension, startServer, type VscodeServer } from './vscodeServer.ts';
import * as hand from './workbenchHand.ts';
import { type Read, type Reading, readTree, readWorkbench, type SeenProblem, type SeenRow } from './workbenchReader.ts';

export interface WindowOptions {
  /** Opened as the workspace; an empty window without it. */
  readonly folder?: string;
  /** A packaged extension to install first. */
  readonly vsix?: string;
  /** By default both are fresh, and removed when the window closes. */
  readonly userDataDir?: string;
  readonly extensionsDir?: string;
  readonly theme?: Theme;
  /** Default: trusted, as if VS Code had no Workspace Trust. */
  readonly trusted?: boolean;
  /** The display language, as `de`; English by default. */
  readonly language?: string;
  /** Added to the tester's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Device pixels for each pixel of the page. Default 2. */
  readonly scale?: number;
  /** Added to the environment of VS Code and its extensions. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A window of VS Code, driven and read as a person does it. */
export interface Window extends AsyncDisposable {
  readonly page: Page;
  /** `Kext Dev: Reload Kext`: category and title, as the palette shows them. */
  runCommand(title: string): Promise<void>;
  /** Types into the quick pick that is open and takes the entry whose label begins so. */
  pick(label: string): Promise<void>;
  /** Opens a container of the activity bar. */
  showContainer(title: string): Promise<void>;
  widenSideBar(pixels: number): Promise<void>;
  /** Rows of the side bar's view with this title. */
  treeRows(viewTitle: string): Promise<SeenRow[]>;
  /** Entries of the Problems panel, which is opened for it. */
  problems(): Promise<SeenProblem[]>;
  read<R extends Reading>(reading: R): Promise<Read[R]>;
  /** What the status bar says of the item whose label holds `part`. */
  statusItem(part: string): Promise<string | undefined>;
  /** By its path in the folder, or the end of it. */
  openFile(path: string): Promise<void>;
  /** Replaces a line (from 1) of the open file; nothing is saved. */
  replaceLine(line: number, text: string): Promise<void>;
  saveFile(): Promise<void>;
  /** Presses a button of a notification. */
  answerNotification(button: string): Promise<void>;
  grantTrust(): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** Waits for a reading of any kind; rejects with the last one after `milliseconds`, 30 s by default. */
  until<T>(what: string, read: () => Promise<T>, expected: (seen: T) => boolean, milliseconds?: number): Promise<T>;
  /** Another window on the same folder, in the same VS Code; it closes with this one. */
  another(): Promise<Window>;
  /** Kills VS Code, and all its windows. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Opens VS Code, without its own driver for tests (that one suppresses toasts), on a folder. */
export async function openWindow(options: WindowOptions): Promise<Window> {
  const resources = new AsyncDisposableStack();
  try {
    const { page, server } = await openPage(options, resources);
    return windowOn(page, server, () => resources.disposeAsync());
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

async function openPage(
  options: WindowOptions,
  resources: AsyncDisposableStack,
): Promise<{ readonly page: Page; readonly server: VscodeServer }> {
  const scratch = await mkdtemp(join(tmpdir(), 'kext-dev-window-'));
  resources.defer(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const userDataDir = options.userDataDir ?? join(scratch, 'user');
  const extensionsDir = options.extensionsDir ?? join(scratch, 'extensions');
  await mkdir(extensionsDir, { recursive: true });
  await writeUserSettings(userDataDir, testersSettings(options.theme ?? 'dark', options.settings));
  const installed = await ensureServer();
  const folders = { userDataDir, extensionsDir };
  if (options.vsix !== undefined) await installExtension(installed, options.vsix, folders);
  const server = await startServer({
    installed,
    ...folders,
    trusted: options.trusted ?? true,
    env: options.env ?? {},
  });
  resources.defer(() => server.stop());
  const browser = await launchBrowser();
  resources.defer(() => browser.close());
  const viewport = options.viewport ?? { width: 1400, height: 900 };
  const context = await browser.newContext({ viewport, deviceScaleFactor: options.scale ?? 2 });
  const page = await context.newPage();
  // What a language pack of VS Code's does; what the workbench itself says stays English without one.
  if (options.language !== undefined)
    await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)}`);
  const query = options.folder === undefined ? 'ew=true' : `folder=${encodeURIComponent(options.folder)}`;
  await page.goto(`http://127.0.0.1:${server.port}/?${query}`);
  await waitForWorkbench(page);
  return { page, server };
}

/** Headless Chromium of this machine. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium() ?? 'chromium', args: [...headlessArguments] });
}

/** Until VS Code stands in the page and its extension host has answered. */
export async function waitForWorkbench(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: 60_000 });
  await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor({ timeout: 60_000 });
}

async function openAnother(page: Page, server: VscodeServer): Promise<Window> {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await waitForWorkbench(other);
  return windowOn(other, server, () => other.close());
}

function windowOn(page: Page, server: VscodeServer, close: () => Promise<void>): Window {
  const problems = async () => {
    await hand.showProblems(page);
    return readWorkbench(page, 'problems');
  };
  const statusItem = async (part: string) =>
    (await readWorkbench(page, 'statusbar')).find(label => label.includes(part));
  return {
    page,
    runCommand: title => hand.runCommand(page, title),
    pick: label => hand.pickQuickly(page, label, label),
    showContainer: title => hand.showContainer(page, title),
    widenSideBar: pixels => hand.widenSideBar(page, pixels),
    treeRows: viewTitle => readTree(page, viewTitle),
    problems,
    read: reading => readWorkbench(page, reading),
    statusItem,
    openFile: path => hand.openFile(page, path),
    replaceLine: (line, text) => hand.replaceLine(page, line, text),
    saveFile: () => hand.saveFile(page),
    answerNotification: button => hand.answerNotification(page, button),
    grantTrust: () => hand.grantTrust(page),
    screenshot: path => hand.photograph(page, path),
    until: (what, read, expected, milliseconds = 30_000) => until(what, read, expected, milliseconds),
    another: () => openAnother(page, server),
    kill: () => server.kill(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
