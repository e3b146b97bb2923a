import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildWhenStale } from './bundles.ts';
import { copyDemo } from './copyDemo.ts';
import { ensureTools } from './debianPackages.ts';
import { addResults, type Results } from './results.ts';
import { runScript } from './runScript.ts';
import { sshWindow } from './sshWindow.ts';
import { twoFolders, twoKexts } from './twoKexts.ts';
import { runSuite, type SuiteWindow } from './vscodeSuites.ts';
import { folderOf, pumpProject } from './xcodeFixture.ts';

/**
 * Runs every suite of test/vscode in a window of the newest VS Code that suits it, and beside them the ones that use most of VS Code in the lowest
 * that the manifest allows.
 */
export async function runVscodeSuites(signal?: AbortSignal): Promise<Results> {
  await buildWhenStale();
  await using cleanup = new AsyncDisposableStack();
  const demo = await copyDemo();
  // One for each: what a suite loads stays on the Simulated Mac of its folder.
  const untrusted = await copyDemo();
  const demoOfMinimum = await copyDemo();
  const empty = await mkdtemp(join(tmpdir(), 'kext-dev-empty-'));
  const two = await twoKexts();
  const folders = await twoFolders();
  const xcode = await folderOf(pumpProject);
  for (const folder of [demo, untrusted, demoOfMinimum, empty, two, dirname(folders), xcode])
    cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const overSsh = await sshWindow(cleanup);
  const results = await Promise.all([
    runInTurn(
      [
        { tests: '.', trusted: true, folder: empty },
        { tests: 'untrusted', trusted: false, folder: untrusted },
        { tests: 'demo', trusted: true, folder: demo },
        { tests: 'several', trusted: true, folder: two },
        { tests: 'roots', trusted: true, folder: folders },
        { tests: 'xcode', trusted: true, folder: xcode },
        overSsh,
      ],
      signal,
    ),
    runInTurn(
      [
        { vscode: 'minimum', tests: '.', trusted: true, folder: empty },
        { vscode: 'minimum', tests: 'demo', trusted: true, folder: demoOfMinimum },
      ],
      signal,
    ),
  ]);
  signal?.throwIfAborted();
  return addResults(results.flat());
}

async function runInTurn(windows: readonly SuiteWindow[], signal: AbortSignal | undefined): Promise<Results[]> {
  const results: Results[] = [];
  for (const window of windows) if (signal?.aborted !== true) results.push(await runSuite(window));
  return results;
}

if (import.meta.main)
  await runScript(async () => {
    await ensureTools(['clang', 'lld', 'llvm', 'make', 'chromium', 'openssh-client', 'openssh-server']);
    const { failed } = await runVscodeSuites();
    return failed > 0 ? 1 : 0;
  });
