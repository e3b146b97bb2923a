import { handedOn } from '../../src/operations/captures/heardOperation.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { type Ending, endingsOf, type Runner } from '../../src/tools/port/runner.ts';
import type { ToolCommand } from '../../src/tools/port/toolCommand.ts';
import type { ToolOutput } from '../../src/tools/port/toolOutput.ts';

/** What an alteration knows of a call. */
export type Call = Pick<ToolCommand<unknown>, 'tool' | 'argv'>;

/** What is altered between an operation and the tools of its target. */
export interface Alteration {
  /** In place of the call's own arguments; the output in place of a run. */
  readonly call?: (call: Call) => readonly string[] | ToolOutput | undefined;
  readonly output?: (call: Call, output: ToolOutput) => ToolOutput;
}

/** The same operation on a target whose tools are asked or answer otherwise. */
export function withAlteredTools(operation: Operation, alteration: Alteration): Operation {
  const { runner } = operation.target;
  const run = async (command: ToolCommand<unknown>, signal: AbortSignal): Promise<ToolOutput> => {
    const other = alteration.call?.(command);
    if (other !== undefined && 'stdout' in other) return other;
    const output = await runner.run(other === undefined ? command : { ...command, argv: other }, signal);
    return alteration.output?.(command, output) ?? output;
  };
  const altered: Runner = {
    run,
    // One after the other: of an install each needs what the one before it did.
    async runTogether(commands, signal) {
      const endings: Ending[] = [];
      for (const command of commands) endings.push(...(await endingsOf([run(command, signal)])));
      return endings;
    },
  };
  return { ...operation, target: { ...handedOn(operation.target), runner: altered } };
}
