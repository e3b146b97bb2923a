import { basename } from 'node:path';
import type { Runner } from '../../src/tools/runner.ts';
import type { ToolCommand } from '../../src/tools/toolCommand.ts';
import type { ToolOutput } from '../../src/tools/toolOutput.ts';

/** Passes every call on, and keeps the names of the programs that were started, in order. */
export class CountingRunner implements Runner {
  readonly #inner: Runner;
  #started: string[] = [];

  constructor(inner: Runner) {
    this.#inner = inner;
  }

  run(command: ToolCommand<unknown>, signal: AbortSignal, heard?: (text: string) => void): Promise<ToolOutput> {
    this.#started.push(basename(command.tool));
    return this.#inner.run(command, signal, heard);
  }

  /** What was started since this was last asked. */
  take(): readonly string[] {
    const started = this.#started;
    this.#started = [];
    return started;
  }
}
