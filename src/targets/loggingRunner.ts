import type { Runner } from '../tools/runner.ts';
import { commandLine, type ToolCommand } from '../tools/toolCommand.ts';
import { howItEnded } from '../tools/toolErrors.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';

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

  async run(command: ToolCommand<unknown>, signal: AbortSignal, heard?: (text: string) => void): Promise<ToolOutput> {
    const begun = performance.now();
    const line = `${this.#where}$ ${commandLine(command)}`;
    try {
      const output = await this.#inner.run(command, signal, heard);
      const ms = Math.round(performance.now() - begun);
      this.#log([`${line}  (${howItEnded(output)}, ${ms} ms)`, ...said(output)].join('\n'));
      return output;
    } catch (error) {
      this.#log(`${line}  (${(error as Error).message})`);
      throw error;
    }
  }
}

function said(output: ToolOutput): readonly string[] {
  return [output.stdout, output.stderr].map(text => text.trimEnd()).filter(text => text !== '');
}
