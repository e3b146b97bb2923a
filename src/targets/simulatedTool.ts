import { TargetLost, ToolNotStarted } from '../tools/port/toolErrors.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import type { SimulatedMacTarget } from './simulatedMacTarget.ts';

/** The variable of the environment that says as which user a tool's process acts, whoever started it. */
export const simulatedUid = 'KEXT_DEV_SIMULATED_UID';

/**
 * Runs one tool of the Simulated Mac with the bytes and the exit status of the real one. `words` are its name and its
 * arguments; `sudo`, perhaps with `-n` or `-A`, may stand before them, and `sudo -n -l` stands for itself; `input` reads what
 * stands on its standard input. When a driver panics over it the connection is gone, which
 * is told by the status of ssh(1): 255.
 */
export async function runSimulatedTool(
  target: SimulatedMacTarget,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  input: () => Promise<Uint8Array>,
): Promise<ToolOutput> {
  const behindSudo = words[0] === 'sudo' && words.join(' ') !== 'sudo -n -l';
  const [tool, ...argv] = behindSudo ? words.slice(sudoOptions(words)) : words;
  if (tool === undefined || tool.startsWith('-')) return failed(1, 'usage: sudo [-n] command [arg ...]');
  const asRoot = behindSudo || userOf(environment) === 0;
  const given = tool === 'tar' ? { input: await input() } : {};
  const call = { tool, argv, asRoot, timeoutMs: 600_000, parse: () => undefined, ...given };
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

/** How many words `sudo` and its options are. */
function sudoOptions(words: readonly string[]): number {
  const options = ['-n', '-A'].includes(words[1] ?? '') ? 2 : 1;
  return words[options] === '--' ? options + 1 : options;
}

/** The user that the environment tells, else the one of this process. */
function userOf(environment: Readonly<Record<string, string | undefined>>): number {
  const told = environment[simulatedUid];
  return told !== undefined && /^\d+$/.test(told) ? Number(told) : (process.geteuid?.() ?? 0);
}

function failed(exitCode: number, line: string): ToolOutput {
  return { stdout: '', stderr: `${line}\n`, exitCode, signal: null, timedOut: false, cancelled: false };
}
