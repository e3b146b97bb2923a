import { randomBytes } from 'node:crypto';
import { notPassed, remoteScript } from '../tools/remoteScript.ts';
import type { Ending, Runner } from '../tools/runner.ts';
import { sudoRefusal } from '../tools/sudo.ts';
import type { ToolCommand } from '../tools/toolCommand.ts';
import { ToolNotStarted, TooMuchText } from '../tools/toolErrors.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
import type { Hold } from './processRunner.ts';
import type { RootAccess } from './rootAccess.ts';
import { RoundTrip } from './roundTrip.ts';

/** What runs the shell, or what leads to it, as a process of this machine. */
export interface HeldProcesses {
  runHeld(command: ToolCommand<unknown>, signal: AbortSignal, hold: Hold): Promise<ToolOutput>;
}

/** A shell that reads the script of `remoteScript`: that of another machine, or one of this machine. */
export interface ScriptShell {
  /** The machine, as a sentence has it: `mini`, `this Mac`. */
  readonly called: string;
  /** From its start until it begins, in ms: the connection, its proxies, a slow login. */
  readonly reachMs: number;
  /** It runs in a process group of its own from the start; one that does not is given one. */
  readonly hasOwnGroup: boolean;
  /** What starts it, with the script as its standard input. */
  command(script: Uint8Array): Promise<ToolCommand<unknown>>;
  /** Why it did not begin; `said`: by whatever was on the way. */
  notBegun(said: string, output: ToolOutput): Error;
  /** It did not begin in its time. */
  silent(): Error;
  /** It ended while a tool ran, or between two. */
  broke(tool: string | undefined, said: string): Error;
}

/** The time limit of the shell itself, a day in ms: each tool in it has its own. */
export const untilEnded = 86_400_000;

/** What one round trip brings back at most, in bytes. */
const mostBytes = 256_000_000;

/** Whoever takes no piece of an input for so long, in ms, takes no more. ssh itself notices a connection that is dead. */
const stalledMs = 60_000;

/** What was sent is in buffers of megabytes yet: so long, in ms, it may take to go over the slowest link. */
const drainedMs = 600_000;

/** What is heard of a run while it goes on. */
export interface Listener {
  /** What the tools say, of both streams. */
  readonly heard?: ((text: string) => void) | undefined;
  /** How much of the input was sent, in bytes. */
  readonly sent?: ((bytes: number) => void) | undefined;
}

/**
 * Runs tools by a shell, one call in one start of it. Tools that go together run one after another, each with its own time;
 * they are ended when this program ends, or the connection. What runs as root cannot be ended by whoever is not: a cancel waits
 * for it, and one past its time is reported with its process.
 */
export class ScriptRunner implements Runner {
  readonly #host: HeldProcesses;
  readonly #shell: ScriptShell;
  readonly #root: RootAccess;

  constructor(host: HeldProcesses, shell: ScriptShell, root: RootAccess) {
    this.#host = host;
    this.#shell = shell;
    this.#root = root;
  }

  async run(
    command: ToolCommand<unknown>,
    signal: AbortSignal,
    heard?: (text: string) => void,
    sent?: (bytes: number) => void,
  ): Promise<ToolOutput> {
    const [ending] = await this.#runAll([command], signal, { heard, sent });
    if (ending === undefined || ending instanceof ToolNotStarted) throw ending;
    return ending;
  }

  runTogether(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    sent?: (bytes: number) => void,
  ): Promise<readonly Ending[]> {
    return this.#runAll(commands, signal, { sent });
  }

  /** Goes there and back, and runs nothing. Rejects as run() does. */
  async reach(signal: AbortSignal): Promise<void> {
    await this.#travel([], signal, {});
  }

  /** What cannot be sent is not; one that hangs ends its round trip, and those behind it get another one. */
  async #runAll(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    listener: Listener,
  ): Promise<readonly Ending[]> {
    const sent = commands.filter(command => notSent(command) === undefined);
    const endings: Ending[] = [];
    while (endings.length < sent.length) {
      endings.push(...(await this.#travel(sent.slice(endings.length), signal, listener)));
      if (signal.aborted) break;
    }
    const [...left] = endings.map((ending, at) => refusedRoot(ending, sent[at], this.#shell.called));
    return commands.map(command => notSent(command) ?? left.shift() ?? neverBegun);
  }

  /** The endings of those that came to an end, the last one perhaps because its time was over. */
  async #travel(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    { heard, sent }: Listener,
  ): Promise<readonly Ending[]> {
    const mark = randomBytes(16).toString('hex');
    const script = remoteScript(commands, mark, this.#root);
    const shell = await this.#shell.command(script);
    signal.throwIfAborted();
    const { reachMs } = this.#shell;
    const stop = new Stop();
    const talk: { write?: (text: string) => void } = {};
    const answers = this.#root.answersFor(this.#shell.called, signal, text => talk.write?.(text));
    const trip: RoundTrip = new RoundTrip(commands, mark, {
      begins: at => stop.after(commands[at]?.timeoutMs ?? 0),
      // Who is asked may think about it for as long as that takes.
      asks: at => void stop.paused(() => answers.give(commands[at]?.tool ?? '', at)),
      heard,
    });
    stop.after(reachMs);
    const cancel = () => {
      if (trip.rootProcess === undefined) stop.now();
    };
    const take = (stream: 'stdout' | 'stderr') => (piece: Buffer) => {
      trip[stream].take(piece);
      if (trip.bytes > mostBytes || (signal.aborted && trip.rootProcess === undefined)) stop.now();
    };
    const told = (bytes: number) => {
      stop.after(bytes === script.length ? drainedMs : stalledMs);
      sent?.(bytes);
    };
    signal.addEventListener('abort', cancel, { once: true });
    const output = await this.#host
      .runHeld(shell, stop.signal, {
        stdout: take('stdout'),
        stderr: take('stderr'),
        ...(script.length > pieceThatTakesTime ? { sent: told } : {}),
        talk: write => {
          talk.write = write;
        },
        endsItself: !this.#shell.hasOwnGroup,
      })
      .finally(() => {
        signal.removeEventListener('abort', cancel);
        stop.end();
      });
    trip.stdout.end();
    trip.stderr.end();
    return endingsOf(trip, {
      commands,
      shell: this.#shell,
      output,
      cancelled: signal.aborted,
      timedOut: stop.timedOut,
    });
  }
}

/** A script of so many bytes goes in pieces whose way is followed. */
const pieceThatTakesTime = 100_000;

interface Travelled {
  readonly commands: readonly ToolCommand<unknown>[];
  readonly shell: ScriptShell;
  readonly output: ToolOutput;
  readonly cancelled: boolean;
  readonly timedOut: boolean;
}

function endingsOf(trip: RoundTrip, { commands, shell, output, cancelled, timedOut }: Travelled): readonly Ending[] {
  const { ended, ready, said } = trip;
  const ending = (at: number) => trip.ending(at, { timedOut: timedOut && !cancelled, cancelled });
  const all = commands.slice(0, ended).map((_, at) => ending(at));
  if (ready && ended === commands.length) return all;
  const current = commands[ended];
  if (trip.bytes > mostBytes && current !== undefined) throw new TooMuchText(current.tool, mostBytes);
  if (cancelled || (timedOut && ready)) return [...all, ending(ended)];
  if (timedOut) throw shell.silent();
  if (!ready) throw shell.notBegun(said, output);
  if (trip.noRoom && current !== undefined)
    throw new ToolNotStarted(
      current.tool,
      `no temporary file can be written on ${shell.called}: is its disk full?`,
      false,
    );
  throw shell.broke(current?.tool, said);
}

/** Ends a process when the time of what it does is over. */
class Stop {
  timedOut = false;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #ms = 0;
  #ended = false;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From this moment on, in ms; an earlier limit holds no longer. */
  after(ms: number): void {
    this.#ms = ms;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.timedOut = true;
      this.now();
    }, ms);
  }

  now(): void {
    this.#controller.abort();
  }

  /** Time does not count while `work` goes on; then it begins anew. */
  async paused(work: () => Promise<void>): Promise<void> {
    clearTimeout(this.#timer);
    await work();
    if (!this.#ended) this.after(this.#ms);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}

const neverBegun: ToolOutput = {
  stdout: '',
  stderr: '',
  exitCode: null,
  signal: null,
  timedOut: false,
  cancelled: true,
};

function notSent(command: ToolCommand<unknown>): ToolNotStarted | undefined {
  const why = notPassed(command);
  return why === undefined ? undefined : new ToolNotStarted(command.tool, why, false);
}

/** sudo's own refusal is no answer of the tool. */
function refusedRoot(ending: Ending, command: ToolCommand<unknown> | undefined, called: string): Ending {
  if (ending instanceof ToolNotStarted || command?.asRoot !== true) return ending;
  return sudoRefusal(command.tool, ending, called) ?? ending;
}
