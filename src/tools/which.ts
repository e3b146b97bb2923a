/**
 * which(1) with names: the path of each program that is there, nothing for the others, and the status 1 where one of them
 * is not. Accepted:
 *   /usr/sbin/kextstat
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** The paths of programs by their names; a name that is missing is that of a program that is not on the PATH. */
export type FoundPrograms = ReadonlyMap<string, string>;

const expected = 'the path of each program that is there';

/** Asks which of these programs are on the PATH, by one process. */
export function whichPrograms(names: readonly string[]): ToolCommand<FoundPrograms> {
  return {
    tool: 'which',
    argv: names,
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('which', expected, output);
      const { records, notUnderstood } = parseWhich(output.stdout);
      const found = new Map(records.map(path => [path.split('/').at(-1) ?? path, path]));
      const isAnswer = notUnderstood.length === 0 && [...found.keys()].every(name => names.includes(name));
      if (!isAnswer || output.stderr.trim() !== '' || (output.exitCode ?? 0) > 1)
        throw new UnknownToolText('which', expected, output);
      return found;
    },
  };
}

/** The paths that which printed. */
export function parseWhich(text: string): ParsedText<string> {
  return parseLines(text, readPath, isNoise);
}

function readPath({ text }: Line): string | undefined {
  return /^\/.*[^/\s]$/.test(text) ? text : undefined;
}
