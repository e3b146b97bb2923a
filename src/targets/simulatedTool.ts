import { TargetLost, ToolNotStarted } from '../tools/toolErrors.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
import type { SimulatedMacTarget } from './simulatedMacTarget.ts';

/** The variable of the environment that says as which user a tool's process acts, whoever started it. */
export const simulatedUid = 'KEXT_DEV_SIMULATED_UID';

/**
 * Runs one tool of the Simulated Mac with the bytes and the exit status of the real one. `words` are its name and its
 * arguments; `sudo`, perhaps with `-n`, may stand before them. When a driver panics over it the connection is gone, which
 * is told by the status of ssh(1): 255.
 */
export async function runSimulatedTool(
  target: SimulatedMacTarget,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<ToolOutput> {
  const behindSudo = words[0] === 'sudo';
  const [tool, ...argv] = behindSudo ? words.slice(words[1] === '-n' ? 2 : 1) : words;
  if (tool === undefined || tool.startsWith('-')) return failed(1, 'usage: sudo [-n] command [arg ...]');
  const asRoot = behindSudo || userOf(environment) === 0;
  const call = { tool, argv, asRoot, timeoutMs: 600_000, parse: () => undefined };
  try {
    const output = await target.runner.run(call, signal);
    const missing = behindSudo && output.exitCode === 127;
    return missing ? failed(1, `sudo: ${tool}: command not found`) : output;
  } catch (error) {
    if (error instanceof TargetLost) return failed(255, error.message);
    if (error instanceof ToolNotStarted) return failed(127, error.message);
    throw error;
  }
}

/** The user that the environment tells, else the one of this process. */
function userOf(environment: Readonly<Record<string, string | undefined>>): number {
  const told = environment[simulatedUid];
  return told !== undefined && /^\d+$/.test(told) ? Number(told) : (process.geteuid?.() ?? 0);
}

function failed(exitCode: number, line: string): ToolOutput {
  return { stdout: '', stderr: `${line}\n`, exitCode, signal: null, timedOut: false, cancelled: false };
}
