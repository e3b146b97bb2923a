/**
 * id(1). Accepted, with -G and with -u:
 *   20 12 61 79 80 81 98 701
 *   501
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { lastAnswer } from './text/lastAnswer.ts';
import { parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** The group admin of every macOS, to which its sudoers(5) gives all commands. */
export const adminGroup = 80;

const expected = 'the numbers of groups';

/** Asks for the groups of the user by their numbers: names would tell who it is. */
export function userGroups(): ToolCommand<readonly number[]> {
  return {
    tool: 'id',
    argv: ['-G'],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('id', expected, output);
      const [groups] = parseId(output.stdout).records;
      if (groups === undefined) throw new UnknownToolText('id', expected, output);
      return groups;
    },
  };
}

/** Asks for the number of the user that commands run as. */
export function userNumber(): ToolCommand<number> {
  return {
    tool: 'id',
    argv: ['-u'],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('id', 'the number of the user', output);
      const [, uid] = /^(\d+)\s*$/.exec(output.stdout) ?? [];
      if (uid === undefined || output.exitCode !== 0) throw new UnknownToolText('id', 'the number of the user', output);
      return Number(uid);
    },
  };
}

/** The numbers of the groups, one list a line. */
export function parseId(text: string): ParsedText<readonly number[]> {
  const read = lastAnswer(readGroups);
  return parseLines(text, line => read(line.text), isNoise);
}

function readGroups(text: string): readonly number[] | undefined {
  return /^\d+(?: \d+)*$/.test(text) ? text.split(' ').map(Number) : undefined;
}
