/**
 * sw_vers(1). Accepted, with blanks or tabs after the colon:
 *   ProductName:    Mac OS X
 *   ProductVersion: 10.15.7
 *   ProductVersionExtra: (a)
 *   BuildVersion:   19H2026
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** The system's names for itself. */
export interface SystemVersion {
  readonly productName: string;
  /** `10.15.7` */
  readonly version: string;
  /** `19H2026` */
  readonly build: string | undefined;
}

/** Asks for the version of the target's system. */
export function swVers(): ToolCommand<SystemVersion> {
  return {
    tool: 'sw_vers',
    argv: [],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('sw_vers', expected, output);
      const values = new Map(parseSwVers(output.stdout).records.map(({ key, value }) => [key, value]));
      const version = values.get('ProductVersion');
      if (version === undefined) throw new UnknownToolText('sw_vers', expected, output);
      return { productName: values.get('ProductName') ?? 'macOS', version, build: values.get('BuildVersion') };
    },
  };
}

const expected = 'ProductVersion';

/** The lines of sw_vers as pairs. */
export function parseSwVers(text: string): ParsedText<{ readonly key: string; readonly value: string }> {
  return parseLines(text, readPair, isNoise);
}

function readPair({ text }: Line) {
  const [, key, value] =
    /^(ProductName|ProductVersion|ProductVersionExtra|BuildVersion):\s*(\S.*?)\s*$/.exec(text) ?? [];
  return key === undefined || value === undefined ? undefined : { key, value };
}
