import type { Ending, Runner } from '../tools/port/runner.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { RootRefused, ToolNotStarted } from '../tools/port/toolErrors.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import { notPassed, streamedInput } from '../tools/ssh/remoteScript.ts';
import { sudoRefusal } from '../tools/sudo.ts';
import type { Passwords } from './passwords.ts';
import type { HeldProcesses, ScriptShell } from './scriptShell.ts';
import { type Listener, type ShellParts, ShellStart } from './shellStart.ts';

/**
 * Runs tools by a shell, one call in one start of it but for a visit, whose calls go by one. Tools that go together run one after
 * another, each with its own time; they are ended when this program ends, or the connection. What runs as root cannot be ended by
 * whoever is not: a cancel waits for it, and one past its time is reported with its process.
 */
export class ScriptRunner implements Runner {
  readonly #parts: ShellParts;

  constructor(host: HeldProcesses, shell: ScriptShell, passwords: Passwords) {
    this.#parts = { host, shell, passwords };
  }

  run(
    command: ToolCommand<unknown>,
    signal: AbortSignal,
    heard?: (text: string) => void,
    sent?: (bytes: number) => void,
  ): Promise<ToolOutput> {
    return this.#runOne(command, signal, { heard, sent }, this.#alone);
  }

  runTogether(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    sent?: (bytes: number) => void,
  ): Promise<readonly Ending[]> {
    return this.#runAll(commands, signal, { sent }, this.#alone);
  }

  /** A shell that was ended, or is at work for another call, is no way for a call: it gets another one. */
  async visit<T>(work: (there: Runner) => Promise<T>): Promise<T> {
    let start: ShellStart | undefined;
    const free = () => {
      if (start?.isFree !== true) start = new ShellStart(this.#parts, true);
      return start;
    };
    try {
      return await work({
        run: (command, signal, heard, sent) => this.#runOne(command, signal, { heard, sent }, free),
        runTogether: (commands, signal, sent) => this.#runAll(commands, signal, { sent }, free),
      });
    } finally {
      start?.close();
    }
  }

  /** Goes there and back, and runs nothing. Rejects as run() does. */
  async reach(signal: AbortSignal): Promise<void> {
    await this.#alone().travel([], signal, {});
  }

  readonly #alone = () => new ShellStart(this.#parts, false);

  async #runOne(
    command: ToolCommand<unknown>,
    signal: AbortSignal,
    listener: Listener,
    start: () => ShellStart,
  ): Promise<ToolOutput> {
    const [ending] = await this.#runAll([command], signal, listener, start);
    if (ending === undefined || ending instanceof ToolNotStarted) throw ending;
    return ending;
  }

  /** What cannot be sent is not; one that hangs ends its round trip, and those behind it get another one. */
  async #runAll(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    listener: Listener,
    start: () => ShellStart,
  ): Promise<readonly Ending[]> {
    const sent = commands.filter(command => notSent(command) === undefined);
    const endings: Ending[] = [];
    while (endings.length < sent.length) {
      const left = sent.slice(endings.length);
      const came = await start().travel(left, signal, listener);
      endings.push(...(this.#hasToAsk(left, came) ? await start().travel(left.map(whole), signal, listener) : came));
      if (signal.aborted) break;
    }
    const [...left] = endings.map((ending, at) => refusedRoot(ending, sent[at], this.#parts.shell.called));
    return commands.map(command => notSent(command) ?? left.shift() ?? neverBegun);
  }

  /** Whether sudo was asked for a tool to which no answer could go, and would not run it without one. */
  #hasToAsk(commands: readonly ToolCommand<unknown>[], [ending]: readonly Ending[]): boolean {
    const { passwords, shell } = this.#parts;
    if (!passwords.answers || ending === undefined || streamedInput(commands) === undefined) return false;
    const refused = refusedRoot(ending, commands[0], shell.called);
    return refused instanceof RootRefused && refused.problem === 'passwordNeeded';
  }
}

/** The same, with its input before it begins. */
function whole(command: ToolCommand<unknown>): ToolCommand<unknown> {
  return { ...command, streams: false };
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
