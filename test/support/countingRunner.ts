import { basename } from 'node:path';
import type { Ending, Runner } from '../../src/tools/port/runner.ts';
import type { ToolCommand } from '../../src/tools/port/toolCommand.ts';
import type { ToolOutput } from '../../src/tools/port/toolOutput.ts';

/** Passes every call on, and keeps the commands by which programs were started, in order, by round trips. */
export class CountingRunner implements Runner {
  readonly #inner: Runner;
  #trips: (readonly ToolCommand<unknown>[])[] = [];

  constructor(inner: Runner) {
    this.#inner = inner;
  }

  run(command: ToolCommand<unknown>, signal: AbortSignal, heard?: (text: string) => void): Promise<ToolOutput> {
    this.#trips.push([command]);
    return this.#inner.run(command, signal, heard);
  }

  runTogether(commands: readonly ToolCommand<unknown>[], signal: AbortSignal): Promise<readonly Ending[]> {
    this.#trips.push(commands);
    return this.#inner.runTogether(commands, signal);
  }

  /** What was started since this was last asked, one list for each round trip. */
  takeTrips(): readonly (readonly ToolCommand<unknown>[])[] {
    const trips = this.#trips;
    this.#trips = [];
    return trips;
  }

  /** The same in one list. */
  take(): readonly ToolCommand<unknown>[] {
    return this.takeTrips().flat();
  }

  /** The same: the programs' names alone. */
  takeNames(): readonly string[] {
    return this.take().map(({ tool }) => basename(tool));
  }
}
