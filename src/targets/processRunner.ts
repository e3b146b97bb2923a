import { access } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { type Ending, endingsOf, type Runner } from '../tools/port/runner.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { ToolNotStarted } from '../tools/port/toolErrors.ts';
import { piecesOf, type ToolInput, wholeOf } from '../tools/port/toolInput.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import { leash } from './leash.ts';

/** After a polite end was asked for, a process tree gets this long, in ms, before it is killed. */
const graceMs = 2000;

/** The standard input of a process that is held. */
export interface HeldInput {
  /** `sent`: told, in bytes from the first one on, how much of it has gone. */
  write(input: string | ToolInput, sent?: (bytes: number) => void): void;
  /** What has not gone yet does not go. */
  end(): void;
}

/** How a process is held while it runs. */
export interface Hold {
  /** Gets what it says, byte by byte as it comes; none of it is kept then. */
  readonly stdout: (piece: Buffer) => void;
  readonly stderr: (piece: Buffer) => void;
  /** Told, in bytes from the first one on, how much of the command's input has gone. */
  readonly sent?: (bytes: number) => void;
  /** Gets, once the process was started, its standard input behind the command's input. */
  readonly talk?: (input: HeldInput) => void;
  /** It leads a process group of its own, and ends it and itself where its standard input closes: nothing else is done to end it. */
  readonly endsItself?: boolean;
}

/** Of an input that is followed while it goes, in bytes; and how many of them are on their way at a time. */
const pieceOfInput = 262_144;
const piecesAtATime = 4;

/** Runs tools as processes of this machine, never through a shell, each with all that it starts as one tree. */
export class ProcessRunner implements Runner {
  readonly #pathOf: (tool: string) => string | undefined;

  /** `pathOf`: where the user has a program that is not looked for on the PATH. */
  constructor(pathOf: (tool: string) => string | undefined = () => undefined) {
    this.#pathOf = pathOf;
  }

  run(command: ToolCommand<unknown>, signal: AbortSignal, heard?: (text: string) => void): Promise<ToolOutput> {
    return this.#run(command, signal, heard);
  }

  /**
   * As run(), for a process that is talked with: its standard input stays open behind the command's input until it has
   * ended, or until this program has, however that came.
   */
  runHeld(command: ToolCommand<unknown>, signal: AbortSignal, hold: Hold): Promise<ToolOutput> {
    return this.#run(command, signal, undefined, hold);
  }

  async #run(
    command: ToolCommand<unknown>,
    signal: AbortSignal,
    heard?: (text: string) => void,
    hold?: Hold,
  ): Promise<ToolOutput> {
    // Loaded when it is first needed: a window on a kext opens sooner.
    const { execa } = await import('execa');
    signal.throwIfAborted();
    const endsItself = hold?.endsItself === true;
    const path = this.#pathOf(command.tool);
    const watch = command.leashed === true ? leash() : undefined;
    const running = execa(path ?? command.tool, command.argv, {
      reject: false,
      stripFinalNewline: false,
      ...(endsItself ? { detached: true } : { cancelSignal: signal }),
      timeout: command.timeoutMs,
      forceKillAfterDelay: graceMs,
      killDescendants: !endsItself,
      ...(hold === undefined ? given(command) : { stdin: 'pipe' as const, buffer: false }),
      ...(command.folder === undefined ? {} : { cwd: command.folder }),
      ...(command.environment === undefined ? {} : { env: command.environment }),
    });
    if (running.pid !== undefined) watch?.holds(running.pid);
    if (hold !== undefined) take(running, command, hold);
    if (heard !== undefined) for (const stream of [running.stdout, running.stderr]) tellOf(stream, heard);
    const result = await (hold === undefined ? running : endedOrLeft(running, hold, signal)).finally(watch?.letGo);
    if (result === undefined) return leftRunning;
    if (result.exitCode === undefined && result.signal === undefined && !result.timedOut && !result.isCanceled) {
      throw await whyNotStarted(command, path, result);
    }
    return {
      stdout: result.stdout ?? '',
      stderr: result.stderr ?? '',
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      timedOut: result.timedOut,
      cancelled: result.isCanceled,
    };
  }

  /** At the same time: none has to wait for another one. */
  runTogether(commands: readonly ToolCommand<unknown>[], signal: AbortSignal): Promise<readonly Ending[]> {
    return endingsOf(commands.map(command => this.run(command, signal)));
  }
}

/** What it left behind goes on without this program. */
const leftRunning: ToolOutput = {
  stdout: '',
  stderr: '',
  exitCode: null,
  signal: null,
  timedOut: false,
  cancelled: true,
};

/**
 * Closes the input of a process that ends itself then. undefined where it has not ended a while after it should have, or somebody
 * else holds its outputs open: ssh's kept connection does, for as long as a tool runs there.
 */
async function endedOrLeft<Result>(
  running: PromiseLike<Result> & Streams & { readonly nodeChildProcess: { unref(): void } },
  { endsItself }: Hold,
  signal: AbortSignal,
): Promise<Result | undefined> {
  const left = new Promise<undefined>(resolve => {
    const leave = () => {
      if (endsItself === true) running.stdin?.end();
      setTimeout(() => {
        for (const stream of [running.stdin, running.stdout, running.stderr]) stream?.destroy();
        running.nodeChildProcess.unref();
        resolve(undefined);
      }, 1.5 * graceMs).unref();
    };
    signal.addEventListener('abort', leave, { once: true });
  });
  return Promise.race([running, left]);
}

/** An empty standard input where nothing is to be written to it. */
function given({ input }: ToolCommand<unknown>): { readonly stdin: 'ignore' } | { readonly input: Uint8Array } {
  return input === undefined ? { stdin: 'ignore' } : { input: wholeOf(input) };
}

interface Streams {
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

function take({ stdin, stdout, stderr }: Streams, { input }: ToolCommand<unknown>, hold: Hold): void {
  // A process that ends reads no more; how it ended is told by its end.
  stdin?.on('error', () => undefined);
  stdout?.on('data', hold.stdout);
  stderr?.on('data', hold.stderr);
  if (stdin === null) return;
  write(stdin, input ?? new Uint8Array(), hold.sent);
  hold.talk?.({ write: (more, sent) => write(stdin, more, sent), end: () => stdin.end() });
}

/** Piece by piece, a few ahead of what has gone, so that one can see how it goes. */
function write(stdin: Writable, input: string | ToolInput, sent: Hold['sent']): void {
  if (typeof input === 'string') {
    stdin.write(input);
    return;
  }
  if (sent === undefined) {
    for (const piece of piecesOf(input)) stdin.write(piece);
    return;
  }
  const pieces = smallPieces(input);
  let bytes = 0;
  const next = () => {
    const piece = stdin.writableEnded ? undefined : pieces.next().value;
    if (piece === undefined) return;
    bytes += piece.length;
    const behind = bytes;
    stdin.write(piece, error => {
      if (error) return;
      sent(behind);
      next();
    });
  };
  for (let piece = 0; piece < piecesAtATime; piece += 1) next();
}

/** None is larger than what is followed. */
function* smallPieces(input: ToolInput): Generator<Uint8Array, undefined> {
  for (const piece of piecesOf(input))
    for (let at = 0; at < piece.length; at += pieceOfInput) yield piece.subarray(at, at + pieceOfInput);
  return undefined;
}

/** A character may come in two pieces. */
function tellOf(stream: Readable | null, heard: (text: string) => void): void {
  const decoder = new StringDecoder('utf8');
  stream?.on('data', (piece: Buffer) => heard(decoder.write(piece)));
}

async function whyNotStarted(
  command: ToolCommand<unknown>,
  path: string | undefined,
  result: { readonly code?: string | undefined; readonly originalMessage?: string | undefined },
): Promise<ToolNotStarted> {
  if (command.folder !== undefined && !(await exists(command.folder))) {
    return new ToolNotStarted(command.tool, `the folder ${command.folder} does not exist`, false);
  }
  const where = path === undefined ? 'on the PATH' : `at ${path}`;
  if (result.code === 'ENOENT') return new ToolNotStarted(command.tool, `no such program ${where}`, true);
  return new ToolNotStarted(command.tool, result.originalMessage ?? result.code ?? 'unknown reason', false);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
