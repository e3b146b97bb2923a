import { randomBytes } from 'node:crypto';
import type { Ending } from '../tools/port/runner.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { ToolNotStarted, TooMuchText } from '../tools/port/toolErrors.ts';
import { lengthOf } from '../tools/port/toolInput.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import { noScript, remoteScript, streamedInput } from '../tools/ssh/remoteScript.ts';
import type { Passwords } from './passwords.ts';
import type { HeldInput, Hold } from './processRunner.ts';
import { RoundTrip } from './roundTrip.ts';
import type { AnswerOnTheWay, HeldProcesses, ScriptShell, ShellCommand } from './scriptShell.ts';
import { Stop } from './stop.ts';

/** What one round trip brings back at most, in bytes. */
const mostBytes = 256_000_000;

/** Whoever takes no piece of an input for so long, in ms, takes no more. ssh itself notices a connection that is dead. */
const stalledMs = 60_000;

/** What was sent is in buffers of megabytes yet: so long, in ms, it may take to go over the slowest link. */
const drainedMs = 600_000;

/** A tool whose input is cut has so long, in ms, to come to its end. */
const cutMs = 5000;

/** What is heard of a run while it goes on. */
export interface Listener {
  /** What the tools say, of both streams. */
  readonly heard?: ((text: string) => void) | undefined;
  /** How much of the input was sent, in bytes. */
  readonly sent?: ((bytes: number) => void) | undefined;
}

/** Who starts the shell, which one, and who answers on the way to it, and in it. */
export interface ShellParts {
  readonly host: HeldProcesses;
  readonly shell: ScriptShell;
  readonly passwords: Passwords;
}

/** One start of a shell: for one script, or, where it goes on, for one after another until it is closed. */
export class ShellStart {
  readonly #parts: ShellParts;
  readonly #goesOn: boolean;
  readonly #stop = new Stop();
  /** Aborted once the shell has ended. */
  readonly #gone = new AbortController();
  /** How the shell ended; absent before the first script. */
  #ended: Promise<ToolOutput> | undefined;
  #hear: (stream: 'stdout' | 'stderr', piece: Buffer) => void = () => undefined;
  #input: HeldInput | undefined;
  #works = false;
  #isOver = false;

  constructor(parts: ShellParts, goesOn: boolean) {
    this.#parts = parts;
    this.#goesOn = goesOn;
  }

  /** Whether it takes a script at this moment. */
  get isFree(): boolean {
    return !this.#works && !this.#isOver && !this.#stop.signal.aborted;
  }

  /**
   * Runs the commands by a script of theirs, and gives the endings of those that came to an end, the last one perhaps because its time
   * was over.
   */
  async travel(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    { heard, sent }: Listener,
  ): Promise<readonly Ending[]> {
    const { shell, passwords } = this.#parts;
    const stop = this.#stop;
    const mark = randomBytes(16).toString('hex');
    const script = remoteScript(commands, mark, {
      answers: passwords.answers,
      goesOn: this.#goesOn,
      follows: this.#ended !== undefined,
    });
    const length = lengthOf(script);
    const answers = passwords.forSudo(shell.called, signal, text => this.#input?.write(text));
    const over = Promise.withResolvers<undefined>();
    const trip: RoundTrip = new RoundTrip(commands, mark, {
      begins: at => stop.after(commands[at]?.timeoutMs ?? 0),
      // Who is asked may think about it for as long as that takes.
      asks: at => void stop.paused(() => answers.give(commands[at]?.tool ?? '', at)),
      heard,
      over: () => over.resolve(undefined),
    });
    // What reads the end of its input while that is on its way comes to its own end.
    const reads = () => trip.ended === 0 && streamedInput(commands) !== undefined;
    const cancel = () => {
      if (reads()) {
        stop.after(cutMs);
        this.#input?.end();
      } else if (trip.rootProcess === undefined) stop.now();
    };
    this.#hear = (stream, piece) => {
      trip[stream].take(piece);
      if (trip.bytes > mostBytes || (signal.aborted && !reads() && trip.rootProcess === undefined)) stop.now();
    };
    const told = (bytes: number) => {
      if (!signal.aborted) stop.after(bytes === length ? drainedMs : stalledMs);
      sent?.(bytes);
    };
    let unanswered: string | undefined;
    // Nobody is asked any more by one that has ended: killed, or sent away while it waited for the answer.
    const answer = passwords.forSsh(shell.called, AbortSignal.any([signal, this.#gone.signal]));
    const onTheWay: AnswerOnTheWay | undefined =
      answer &&
      (async asked => {
        let given: string | undefined;
        await stop.paused(async () => {
          given = await answer(asked);
        });
        if (given !== undefined || this.#gone.signal.aborted) return given;
        // ssh would go on with no answer, and then ask something else.
        unanswered = asked.question;
        stop.now();
        return undefined;
      });
    this.#works = true;
    try {
      const start = this.#ended === undefined ? await shell.command(script, onTheWay) : undefined;
      signal.throwIfAborted();
      stop.after(shell.reachMs);
      signal.addEventListener('abort', cancel, { once: true });
      const followed = length > pieceThatTakesTime ? told : undefined;
      if (start === undefined) this.#input?.write(script, followed);
      const ended = start === undefined ? this.#ended : this.#begin(start, followed);
      const output = await Promise.race([ended, over.promise]);
      trip.stdout.end();
      trip.stderr.end();
      const { timedOut } = stop;
      return endingsOf(trip, { commands, shell, output, unanswered, cancelled: signal.aborted, timedOut });
    } finally {
      signal.removeEventListener('abort', cancel);
      stop.rest();
      this.#works = false;
    }
  }

  /** No script comes any more. */
  close(): void {
    if (this.isFree) this.#input?.write(noScript);
  }

  #begin({ command, ended: close }: ShellCommand, sent: Hold['sent']): Promise<ToolOutput> {
    const over = () => {
      this.#isOver = true;
      this.#gone.abort();
      close?.();
    };
    const ended = this.#parts.host.runHeld(command, this.#stop.signal, {
      stdout: piece => this.#hear('stdout', piece),
      stderr: piece => this.#hear('stderr', piece),
      ...(sent === undefined ? {} : { sent }),
      talk: input => {
        this.#input = input;
      },
      endsItself: !this.#parts.shell.hasOwnGroup,
    });
    ended.then(over, over);
    this.#ended = ended;
    return ended;
  }
}

/** A script of so many bytes goes in pieces whose way is followed. */
const pieceThatTakesTime = 100_000;

interface Travelled {
  readonly commands: readonly ToolCommand<unknown>[];
  readonly shell: ScriptShell;
  /** How the shell ended; absent where it goes on. */
  readonly output: ToolOutput | undefined;
  /** What was asked on the way, and got no answer. */
  readonly unanswered: string | undefined;
  readonly cancelled: boolean;
  readonly timedOut: boolean;
}

function endingsOf(trip: RoundTrip, travelled: Travelled): readonly Ending[] {
  const { commands, shell, output, unanswered, cancelled, timedOut } = travelled;
  const { ended, ready, said } = trip;
  const ending = (at: number) => trip.ending(at, { timedOut: timedOut && !cancelled, cancelled });
  const all = commands.slice(0, ended).map((_, at) => ending(at));
  if (output === undefined || (ready && ended === commands.length)) return all;
  const current = commands[ended];
  if (trip.bytes > mostBytes && current !== undefined) throw new TooMuchText(current.tool, mostBytes);
  if (cancelled || (timedOut && ready)) return [...all, ending(ended)];
  if (timedOut) throw shell.silent();
  if (!ready) throw unanswered === undefined ? shell.notBegun(said, output) : shell.notAnswered(unanswered);
  if (trip.noRoom && current !== undefined)
    throw new ToolNotStarted(
      current.tool,
      `no temporary file can be written on ${shell.called}: is its disk full?`,
      false,
    );
  throw shell.broke(current?.tool, said);
}
