import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhenStale } from './bundles.ts';
import { copyDemo } from './copyDemo.ts';
import { ensureTools } from './debianPackages.ts';
import { addResults, type Results } from './results.ts';
import { runScript } from './runScript.ts';
import { runSuite } from './vscodeSuites.ts';

/** Runs every suite of test/vscode in a window of the real VS Code that suits it. */
export async function runVscodeSuites(signal?: AbortSignal): Promise<Results> {
  await buildWhenStale();
  await using cleanup = new AsyncDisposableStack();
  const demo = await copyDemo();
  const empty = await mkdtemp(join(tmpdir(), 'kext-dev-empty-'));
  for (const folder of [demo, empty]) cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const inEmptyFolder = await runSuite({ tests: '.', trusted: true, folder: empty });
  signal?.throwIfAborted();
  const untrusted = await runSuite({ tests: 'untrusted', trusted: false, folder: demo });
  signal?.throwIfAborted();
  const onDemo = await runSuite({ tests: 'demo', trusted: true, folder: demo });
  return addResults([inEmptyFolder, untrusted, onDemo]);
}

if (import.meta.main)
  await runScript(async () => {
    await ensureTools(['clang', 'lld', 'llvm', 'make', 'chromium']);
    const { failed } = await runVscodeSuites();
    return failed > 0 ? 1 : 0;
  });
