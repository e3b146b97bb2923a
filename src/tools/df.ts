/**
 * df(1) with -k and paths. Accepted, the header as macOS and as Linux write it, and the columns of inodes where there are any:
 *   Filesystem   1024-blocks      Used Available Capacity iused      ifree %iused  Mounted on
 *   /dev/disk3s1s1  482797652  11234567 319874321     4%  356214 3198743210    0%   /
 * and on standard error, for a path that does not exist:
 *   df: /private/tmp: No such file or directory
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** A volume that one of the paths lies on. */
export interface Volume {
  readonly device: string;
  /** All three in units of 1024 bytes. */
  readonly size: number;
  readonly used: number;
  readonly available: number;
  readonly mountedOn: string;
}

const expected = 'Filesystem 1024-blocks Used Available Capacity … Mounted on';
const header = /^Filesystem\s+(?:1024|1K)-blocks\s+Used\s+Avail(?:able)?\s/;

/** Asks how much is free on the volumes of these paths; one that does not exist is left out. */
export function freeSpace(paths: readonly string[]): ToolCommand<readonly Volume[]> {
  return {
    tool: 'df',
    argv: ['-k', ...paths],
    asRoot: false,
    timeoutMs: 20_000,
    parse: output => {
      requireWholeAnswer('df', expected, output);
      const { records, notUnderstood } = parseDf(output.stdout);
      // In another language the same numbers may be of other units.
      if (records.length === 0 || notUnderstood.length > 0 || !header.test(output.stdout))
        throw new UnknownToolText('df', expected, output);
      return records;
    },
  };
}

/** The volumes that df printed, one a line. */
export function parseDf(text: string): ParsedText<Volume> {
  return parseLines(text, readVolume, isHeader);
}

function readVolume({ text }: Line): Volume | undefined {
  const [, device, size, used, available, mountedOn] =
    /^(\S.{0,200}?)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+\d+%\s+(?:\d+\s+\d+\s+(?:\d+%|-)\s+)?(\/.*)$/.exec(text) ?? [];
  if (device === undefined || mountedOn === undefined) return undefined;
  return { device, size: Number(size), used: Number(used), available: Number(available), mountedOn };
}

function isHeader(text: string): boolean {
  return isNoise(text) || header.test(text) || /^df: .*: No such file or directory$/.test(text);
}
