/**
 * sysctl(8). Accepted, as one line:
 *   { sec = 1606230384, usec = 0 } Tue Nov 24 16:06:24 2020      (with `kern.boottime: ` before it where `-n` was not given)
 */
import { requireWholeAnswer } from './answer.ts';
import type { ToolCommand } from './toolCommand.ts';
import { UnknownToolText } from './toolErrors.ts';

/** Asks when the target's system started: seconds since 1970, another value for every start. */
export function bootTime(): ToolCommand<number> {
  return {
    tool: 'sysctl',
    argv: ['-n', 'kern.boottime'],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('sysctl', expected, output);
      const seconds = parseBootTime(output.stdout);
      if (seconds === undefined) throw new UnknownToolText('sysctl', expected, output);
      return seconds;
    },
  };
}

const expected = '{ sec = …, usec = … }';

/** The seconds since 1970 in a value of kern.boottime; the date behind them is in the user's own words and not read. */
export function parseBootTime(text: string): number | undefined {
  const seconds = /^\s*(?:kern\.boottime: )?\{ sec = (\d+), usec = \d+ \}/.exec(text)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
