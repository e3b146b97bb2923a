import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repositoryFolder } from './repository.ts';
import { type SimulatedBench, testCacheHome } from './simulatedBench.ts';

/** What one call of the terminal's program gave back. */
export interface TerminalAnswer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `kext-dev ARGS` as it was built (dist/cli.mjs); the Simulated Mac's kernel comes from the tests' cache. */
export async function kextDev(
  argv: readonly string[],
  options: { readonly environment?: NodeJS.ProcessEnv; readonly input?: string; readonly signal?: AbortSignal } = {},
): Promise<TerminalAnswer> {
  const child = spawn(process.execPath, [join(repositoryFolder, 'dist', 'cli.mjs'), ...argv], {
    env: { ...process.env, XDG_CACHE_HOME: testCacheHome, ...options.environment },
  });
  options.signal?.addEventListener('abort', () => child.kill('SIGINT'));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, stdout, stderr };
}

/** The one JSON document that `kext-dev ARGS --json` writes. */
export async function kextDevJson(
  argv: readonly string[],
  // biome-ignore lint/suspicious/noExplicitAny: tests read single fields of documents whose shape is what they test
): Promise<{ readonly status: number | null; readonly document: any; readonly stderr: string }> {
  const { status, stdout, stderr } = await kextDev([...argv, '--json']);
  return { status, document: JSON.parse(stdout), stderr };
}

/** Progress aside, the one line on standard error, no word on standard output, and no stack. */
export function onlyLine(answer: TerminalAnswer): string {
  assert.equal(answer.stdout, '');
  const said = answer.stderr
    .split('\n')
    .filter(line => line !== '' && !/^\w+ \S+ on the Simulated Mac(?: \([^)]*\))?: \w+(?:: .*)?$/.test(line));
  assert.equal(said.length, 1, answer.stderr);
  assert.doesNotMatch(answer.stderr, /^\s+at /m);
  return said[0] ?? '';
}

/** The words that name a bench on a command line. */
export function placeOf({ project, state, target }: SimulatedBench): readonly string[] {
  // The other systems live in folders of the default one's.
  const home = target.id === 'simulated' ? state : dirname(state);
  return ['--target', target.id, '--project', project, '--state', home];
}
