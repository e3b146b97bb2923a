import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { repositoryFolder, testFolder } from './repository.ts';
import type { Results } from './results.ts';
import type { VscodeVersion } from './serverInstallation.ts';

/** A window that suites run in. */
export interface SuiteWindow {
  /** Default: the newest. */
  readonly vscode?: VscodeVersion;
  /** Folder of the bundled suite, under test/vscode: `.` or a sub-folder. */
  readonly tests: string;
  readonly trusted: boolean;
  readonly folder: string;
  /** Added to the environment of VS Code and its extensions. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs test/vscode's files of a folder in the real VS Code: the desktop where there is one, else our stand-in for it. */
export async function runSuite(window: SuiteWindow): Promise<Results> {
  const vscode = window.vscode ?? 'stable';
  const suite = await bundleSuite(window.tests, join(testFolder, 'suites', vscode, window.tests));
  const scratch = await mkdtemp(join(tmpdir(), 'kext-dev-run-'));
  const results = join(scratch, 'results.json');
  const standIn = join(repositoryFolder, 'test', 'support', 'desktopStandIn.ts');
  try {
    await runTests({
      ...(desktopIsAtHand() ? { version: await desktopVersion(vscode) } : { vscodeExecutablePath: standIn }),
      extensionDevelopmentPath: repositoryFolder,
      extensionTestsPath: suite,
      launchArgs: [
        window.folder,
        `--user-data-dir=${join(scratch, 'user')}`,
        `--extensions-dir=${join(scratch, 'extensions')}`,
      ],
      extensionTestsEnv: {
        ...window.environment,
        KEXT_DEV_RESULTS: results,
        HOST_VSCODE: vscode,
        ...(window.trusted ? {} : { HOST_UNTRUSTED: '1' }),
      },
    }).catch(error => console.error(String(error)));
    return await readResults(results);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A suite that wrote no results died, and counts as one failure. */
async function readResults(path: string): Promise<Results> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? { passed: 0, failed: 1 } : (JSON.parse(text) as Results);
}

/** Where a desktop can be downloaded and shown. */
function desktopIsAtHand(): boolean {
  return process.platform !== 'linux' || process.env.VSCODE_TEST_DESKTOP === '1';
}

/** A desktop can be the very minimum of the manifest: `1.101.0` of `^1.101.0`. */
async function desktopVersion(vscode: VscodeVersion): Promise<string> {
  if (vscode === 'stable') return 'stable';
  const { engines } = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8'));
  return String(engines.vscode).replace('^', '');
}

/** Bundles the test files, as the extension host loads CommonJS. Gives the path of the suite. */
async function bundleSuite(tests: string, product: string): Promise<string> {
  const source = join(repositoryFolder, 'test', 'vscode');
  await rm(product, { recursive: true, force: true });
  await build({
    absWorkingDir: repositoryFolder,
    entryPoints: [{ in: join(source, 'suite.ts'), out: 'suite' }, join(source, tests, '*.test.ts')],
    outdir: product,
    outbase: join(source, tests),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(product, 'suite.cjs');
}
