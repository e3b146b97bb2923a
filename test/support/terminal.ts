import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** The program and the arguments of `kext-dev ARGS` as it was built (dist/cli.mjs). */
export function kextDevWords(argv: readonly string[]): readonly [program: string, ...argv: string[]] {
  return [process.execPath, join(repositoryFolder, 'dist', 'cli.mjs'), ...argv];
}

/** As it is at that moment; the Simulated Mac's kernel comes from the tests' cache. */
export function kextDevEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, XDG_CACHE_HOME: testCacheHome };
}

/** A call of the terminal's program that goes on. */
export interface StartedTerminal {
  readonly child: ChildProcessWithoutNullStreams;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<readonly [status: number | null, signal: NodeJS.Signals | null]>;
}

/** Starts `kext-dev ARGS`, whose standard input is `input` and no more. */
export function startKextDev(
  argv: readonly string[],
  { environment = {}, input = '' }: { readonly environment?: NodeJS.ProcessEnv; readonly input?: string } = {},
): StartedTerminal {
  const [program, ...words] = kextDevWords(argv);
  const child = spawn(program, words, { env: { ...kextDevEnvironment(), ...environment } });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return { child, ended: once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]> };
}

/** Runs `kext-dev ARGS` to its end. */
export async function kextDev(
  argv: readonly string[],
  {
    signal,
    ...options
  }: { readonly environment?: NodeJS.ProcessEnv; readonly input?: string; readonly signal?: AbortSignal } = {},
): Promise<TerminalAnswer> {
  const { child, ended } = startKextDev(argv, options);
  signal?.addEventListener('abort', () => child.kill('SIGINT'));
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
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
