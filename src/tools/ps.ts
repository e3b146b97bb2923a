/**
 * ps(1) with `-o pid=,comm=`. Accepted, the pid right-aligned, the command a path that may have blanks:
 *       1 /sbin/launchd
 *     401 /Applications/Bar Tool.app/Contents/MacOS/Bar Tool
 */
import type { RunningProcess } from '../model/driverUse.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

const expected = 'lines of a pid and a command';

/** Asks for the processes that run on the target. */
export function processes(): ToolCommand<readonly RunningProcess[]> {
  return {
    tool: 'ps',
    argv: ['-axo', 'pid=,comm='],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('ps', expected, output);
      const { records } = parsePs(output.stdout);
      if (records.length === 0) throw new UnknownToolText('ps', expected, output);
      return records;
    },
  };
}

/** The lines of ps; a process is called by the last part of its command's path. */
export function parsePs(text: string): ParsedText<RunningProcess> {
  return parseLines(text, readProcess, isNoise);
}

function readProcess({ text }: Line): RunningProcess | undefined {
  const [, pid, command = ''] = /^\s*(\d+)\s+(\S.*?)\s*$/.exec(text) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), name: command.split('/').at(-1) || command };
}
