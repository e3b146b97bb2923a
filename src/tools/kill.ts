import { allText, requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';

/**
 * Asks a process to quit (kill(1), SIGTERM), which it may refuse. Gives what kill said where it could not; undefined where it
 * could: `kill: 4711: Operation not permitted`. Throws RangeError for what is no single process or the first one.
 */
export function terminate(pid: number, asRoot: boolean): ToolCommand<string | undefined> {
  // 0 and what is below it are groups of processes.
  if (!Number.isSafeInteger(pid) || pid <= 1) throw new RangeError(`${pid} is no process to quit`);
  return {
    tool: 'kill',
    argv: ['-TERM', String(pid)],
    asRoot,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('kill', 'nothing', output);
      return output.exitCode === 0 ? undefined : allText(output).trim() || `kill ended with status ${output.exitCode}`;
    },
  };
}
