import type { ToolCommand } from './toolCommand.ts';
import { ToolNotStarted } from './toolErrors.ts';
import type { ToolOutput } from './toolOutput.ts';

/** The one port to the world outside: runs a tool and gives back everything it said. */
export interface Runner {
  /**
   * Rejects with ToolNotStarted when the tool could not start and TargetLost when its machine went away; every other
   * ending, failure included, is a ToolOutput. An abort ends the tool and all that it started. `heard` gets what the tool
   * says while it runs, piece by piece, standard output and standard error as they come; it gets nothing where a runner has it
   * only at the end. `sent`: how much of a large input is on its way, in bytes.
   */
  run(
    command: ToolCommand<unknown>,
    signal: AbortSignal,
    heard?: (text: string) => void,
    sent?: (bytes: number) => void,
  ): Promise<ToolOutput>;
  /**
   * Runs commands of which none needs what another one does, in one round trip where a runner has to travel. Their endings
   * come in the order of the commands; a tool that could not start is one of them, so that what the others said is not lost.
   * Rejects as run() does for all else. Over a connection they run one after another, in their order.
   */
  runTogether(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    sent?: (bytes: number) => void,
  ): Promise<readonly Ending[]>;
  /**
   * Does work whose calls come one after another: a runner that has to travel stays there for all of them. They end, and reject, as
   * any others. Absent where nothing has to travel.
   */
  visit?<T>(work: (there: Runner) => Promise<T>): Promise<T>;
}

/** Does the work by that runner, which stays there for all of its calls where it can. */
export function visiting<T>(runner: Runner, work: (there: Runner) => Promise<T>): Promise<T> {
  return runner.visit === undefined ? work(runner) : runner.visit(work);
}

/** How one of several commands ended. */
export type Ending = ToolOutput | ToolNotStarted;

/** Runs the command and parses what it said. */
export async function ask<T>(runner: Runner, command: ToolCommand<T>, signal: AbortSignal): Promise<T> {
  const output = await runner.run(command, signal);
  signal.throwIfAborted();
  return command.parse(output);
}

/** Several commands, each with the type of its answer. */
export type Commands<Answers extends readonly unknown[]> = {
  readonly [At in keyof Answers]: ToolCommand<Answers[At]>;
};

/** The answer of one of several commands. Throws where there is none: ToolNotStarted, or as the command's parse does. */
export type Told<T> = () => T;

/**
 * Runs the commands together, and gives for each what tells its answer: one that has none does not keep the others from
 * being told.
 */
export async function askTogether<const Answers extends readonly unknown[]>(
  runner: Runner,
  commands: Commands<Answers>,
  signal: AbortSignal,
): Promise<{ readonly [At in keyof Answers]: Told<Answers[At]> }> {
  const all: readonly ToolCommand<unknown>[] = commands;
  const endings = await runner.runTogether(all, signal);
  signal.throwIfAborted();
  const told = all.map((command, at) => () => {
    const ending = endings[at];
    if (ending === undefined) throw new RangeError(`no ending of ${command.tool}`);
    if (ending instanceof ToolNotStarted) throw ending;
    return command.parse(ending);
  });
  return told as unknown as { readonly [At in keyof Answers]: Told<Answers[At]> };
}

/** The endings of commands that each ran by itself. Rejects once all have ended, where one of them was more than not started. */
export async function endingsOf(runs: readonly Promise<ToolOutput>[]): Promise<readonly Ending[]> {
  const settled = await Promise.allSettled(runs);
  return settled.map(result => {
    if (result.status === 'fulfilled') return result.value;
    if (result.reason instanceof ToolNotStarted) return result.reason;
    throw result.reason;
  });
}
