import type { ToolCommand } from './toolCommand.ts';
import type { ToolOutput } from './toolOutput.ts';

/** The one port to the world outside: runs a tool and gives back everything it said. */
export interface Runner {
  /**
   * Rejects with ToolNotStarted when the tool could not start and TargetLost when its machine went away; every other
   * ending, failure included, is a ToolOutput. An abort ends the tool and all that it started. `heard` gets what the tool
   * says while it runs, piece by piece, standard output and standard error as they come; it gets nothing where a runner has it
   * only at the end.
   */
  run(command: ToolCommand<unknown>, signal: AbortSignal, heard?: (text: string) => void): Promise<ToolOutput>;
}

/** Runs the command and parses what it said. */
export async function ask<T>(runner: Runner, command: ToolCommand<T>, signal: AbortSignal): Promise<T> {
  const output = await runner.run(command, signal);
  signal.throwIfAborted();
  return command.parse(output);
}
