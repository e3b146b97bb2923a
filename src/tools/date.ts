/**
 * date(1) with -u +%s. Accepted:
 *   1606230384
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

const expected = 'the seconds since 1970';

/** Asks what time it is there: seconds since 1970. */
export function currentTime(): ToolCommand<number> {
  return {
    tool: 'date',
    argv: ['-u', '+%s'],
    asRoot: false,
    timeoutMs: 60_000,
    parse: output => {
      requireWholeAnswer('date', expected, output);
      const [seconds] = parseDate(output.stdout).records;
      if (seconds === undefined) throw new UnknownToolText('date', expected, output);
      return seconds;
    },
  };
}

/** The seconds that date printed. */
export function parseDate(text: string): ParsedText<number> {
  return parseLines(text, readSeconds, isNoise);
}

function readSeconds({ text }: Line): number | undefined {
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
