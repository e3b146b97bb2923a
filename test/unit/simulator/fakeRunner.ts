import { endingsOf, type Runner } from '../../../src/tools/port/runner.ts';
import { commandLine, type ToolCommand } from '../../../src/tools/port/toolCommand.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';

/** A runner that answers as told and keeps the command lines. */
export interface FakeRunner extends Runner {
  readonly lines: string[];
  /** The same, one list for each round trip. */
  readonly trips: (readonly string[])[];
}

/** What a tool that came to its own end gave back. */
export function output(told: Partial<ToolOutput>): ToolOutput {
  return { stdout: '', stderr: '', exitCode: 0, signal: null, timedOut: false, cancelled: false, ...told };
}

/** Answers every command with what `answer` gives for it. */
export function fakeRunner(answer: (command: ToolCommand<unknown>) => ToolOutput | Promise<ToolOutput>): FakeRunner {
  const lines: string[] = [];
  const trips: (readonly string[])[] = [];
  const run = async (command: ToolCommand<unknown>) => answer(command);
  const sent = (commands: readonly ToolCommand<unknown>[]) => {
    const trip = commands.map(commandLine);
    trips.push(trip);
    lines.push(...trip);
  };
  return {
    lines,
    trips,
    run: command => {
      sent([command]);
      return run(command);
    },
    runTogether: commands => {
      sent(commands);
      return endingsOf(commands.map(run));
    },
  };
}
