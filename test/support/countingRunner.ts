import { basename } from 'node:path';
import type { Runner } from '../../src/tools/runner.ts';
import type { ToolCommand } from '../../src/tools/toolCommand.ts';
import type { ToolOutput } from '../../src/tools/toolOutput.ts';

/** Passes every call on, and keeps the commands by which programs were started, in order. */
export class CountingRunner implements Runner {
  readonly #inner: Runner;
  #started: ToolCommand<unknown>[] = [];

  constructor(inner: Runner) {
    this.#inner = inner;
  }

  run(command: ToolCommand<unknown>, signal: AbortSignal, heard?: (text: string) => void): Promise<ToolOutput> {
    this.#started.push(command);
    return this.#inner.run(command, signal, heard);
  }

  /** What was started since this was last asked. */
  take(): readonly ToolCommand<unknown>[] {
    const started = this.#started;
    this.#started = [];
    return started;
  }

  /** The same: the programs' names alone. */
  takeNames(): readonly string[] {
    return this.take().map(({ tool }) => basename(tool));
  }
}
