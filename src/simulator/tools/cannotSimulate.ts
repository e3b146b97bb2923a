import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import { said } from '../toolText.ts';

/**
 * The answer to a call that a Mac's tool would take and the Simulated Mac has nothing for: it says so, instead of denying
 * in the tool's own words what a Mac has.
 */
export function cannotSimulate(tool: string, argv: readonly string[]): ToolOutput {
  return said({ stderr: [`${tool}: cannot simulate: ${[tool, ...argv].join(' ')}`], exitCode: 64 });
}
