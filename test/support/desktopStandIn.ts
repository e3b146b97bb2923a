#!/usr/bin/env node
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium, headlessArguments } from './chromium.ts';
import { type DesktopArguments, readDesktopArguments } from './desktopArguments.ts';
import { followFile } from './followFile.ts';
import { ensureServer } from './serverInstallation.ts';
import { stopped } from './stopped.ts';
import { testersSettings, writeUserSettings } from './userSettings.ts';
import { startServer } from './vscodeServer.ts';
import { openWindowBridge } from './windowBridge.ts';

/*
 * Stands in for VS Code's desktop where there is no display: takes the arguments that runTests passes, runs the suite in the
 * real VS Code as a server with headless Chromium, and exits with the suite's status. Of the environment:
 *   HOST_VSCODE=minimum  the lowest VS Code of the manifest instead of the newest
 *   HOST_UNTRUSTED=1     the folder is not trusted (the desktop is always told --disable-workspace-trust)
 *   HOST_SECONDS=600     how long the suite may take; exit 124 after that
 *   HOST_VERBOSE=1       VS Code's own log on stderr
 */
const timedOut = 124;

async function runSuite(args: DesktopArguments): Promise<number> {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-suite-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const userDataDir = join(folder, 'user');
  await writeUserSettings(userDataDir, testersSettings('dark'));
  const output = followFile(join(folder, 'output'), text => process.stdout.write(text));
  cleanup.defer(() => output.close());
  const bridge = await openWindowBridge();
  cleanup.defer(() => bridge.close());
  const server = await startServer({
    installed: await ensureServer(process.env.HOST_VSCODE === 'minimum' ? 'minimum' : 'stable'),
    userDataDir,
    extensionsDir: args.extensionsDir ?? join(folder, 'extensions'),
    trusted: process.env.HOST_UNTRUSTED !== '1',
    smokeTestDriver: true,
    env: { HOST_OUT: output.path, KEXT_DEV_WINDOW_URL: bridge.url },
  });
  cleanup.defer(() => server.stop());
  const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: [...headlessArguments] });
  cleanup.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const ended = suiteEnds(page, browser, server.ended);
  await exposeDriver(page, ended.finish);
  await page.goto(address(server.port, args));
  bridge.show(page);
  return await ended.status;
}

/** The functions that VS Code's own driver for tests calls in the page. */
async function exposeDriver(page: Page, finish: (status: number) => void): Promise<void> {
  const verbose = process.env.HOST_VERBOSE === '1';
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    if (verbose) process.stderr.write(`${format(...args)}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => finish(code));
}

function suiteEnds(page: Page, browser: Browser, serverEnded: Promise<void>) {
  const { promise: status, resolve } = Promise.withResolvers<number>();
  let running = true;
  const finish = (code: number) => {
    running = false;
    resolve(code);
  };
  const fail = (why: string, code: number) => {
    if (!running) return;
    process.stderr.write(`The suite did not end by itself: ${why}.\n`);
    finish(code);
  };
  page.on('close', () => fail('its window was closed', 1));
  page.on('crash', () => fail('its window crashed', 1));
  browser.on('disconnected', () => fail('the browser ended', 1));
  serverEnded.then(() => fail('VS Code ended', 1));
  const seconds = Number(process.env.HOST_SECONDS ?? 600);
  const timer = setTimeout(() => fail(`not done after ${seconds} s`, timedOut), seconds * 1000);
  stopped().then(why => fail(`stopped by ${why}`, 130));
  return { status: status.finally(() => clearTimeout(timer)), finish };
}

function address(port: number, args: DesktopArguments): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${encodeURI(path)}`;
  const payload = [
    ...args.developmentPaths.map(path => ['extensionDevelopmentPath', remote(path)]),
    ['extensionTestsPath', remote(args.testsPath)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (args.opened === undefined) query.set('ew', 'true');
  else query.set(args.opened.endsWith('.code-workspace') ? 'workspace' : 'folder', args.opened);
  return `http://127.0.0.1:${port}/?${query}`;
}

// Who started this may be gone, and with it the reader of what is printed: no reason to leave a server behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exit(await runSuite(readDesktopArguments(process.argv.slice(2))));
