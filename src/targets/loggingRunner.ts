import { type Ending, type Runner, visiting } from '../tools/port/runner.ts';
import { commandLine, type ToolCommand } from '../tools/port/toolCommand.ts';
import { howItEnded } from '../tools/port/toolErrors.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';

/** Passes every call on and writes it down: where it ran, the command line, how it ended, and all that it said. */
export class LoggingRunner implements Runner {
  readonly #inner: Runner;
  readonly #where: string;
  readonly #log: (text: string) => void;

  constructor(inner: Runner, where: string, log: (text: string) => void) {
    this.#inner = inner;
    this.#where = where;
    this.#log = log;
  }

  async run(
    command: ToolCommand<unknown>,
    signal: AbortSignal,
    heard?: (text: string) => void,
    sent?: (bytes: number) => void,
  ): Promise<ToolOutput> {
    const begun = performance.now();
    try {
      const output = await this.#inner.run(command, signal, heard, sent);
      this.#write(command, output, begun);
      return output;
    } catch (error) {
      this.#write(command, error as Error, begun);
      throw error;
    }
  }

  async runTogether(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    sent?: (bytes: number) => void,
  ): Promise<readonly Ending[]> {
    const begun = performance.now();
    try {
      const endings = await this.#inner.runTogether(commands, signal, sent);
      for (const [at, ending] of endings.entries()) {
        const command = commands[at];
        if (command !== undefined) this.#write(command, ending, begun);
      }
      return endings;
    } catch (error) {
      for (const command of commands) this.#write(command, error as Error, begun);
      throw error;
    }
  }

  visit<T>(work: (there: Runner) => Promise<T>): Promise<T> {
    return visiting(this.#inner, there => work(new LoggingRunner(there, this.#where, this.#log)));
  }

  /** `begun`: of all that ran together. */
  #write(command: ToolCommand<unknown>, ending: ToolOutput | Error, begun: number): void {
    const line = `${this.#where}$ ${commandLine(command)}`;
    const ms = Math.round(performance.now() - begun);
    const told =
      ending instanceof Error
        ? [`${line}  (${ending.message})`]
        : [`${line}  (${howItEnded(ending)}, ${ms} ms)`, ...said(ending)];
    this.#log(told.join('\n'));
  }
}

function said(output: ToolOutput): readonly string[] {
  return [output.stdout, output.stderr].map(text => text.trimEnd()).filter(text => text !== '');
}
