import { parseCsrutil } from './csrutil.ts';
import { type Line, linesOf, parseLines } from './lines.ts';
import { isNoise } from './noise.ts';
import type { ParsedText } from './parsedText.ts';
import { parsers } from './parsers.ts';
import { parsePs } from './ps.ts';
import { parseSwVers } from './swVers.ts';
import { parseSysctl } from './sysctl.ts';

/** The parser of each tool's captures: those of the `parse` command, and those of the tools that only the product asks. */
export const captureParsers: Readonly<Record<string, (text: string) => ParsedText<unknown>>> = {
  sw_vers: parseSwVers,
  sysctl: text => parseLines(text, readValue, isMissingValue),
  csrutil: oneAnswer(parseCsrutil),
  ps: parsePs,
  ...parsers,
};

/** The capture's text by its tool's parser; where there is none, no line of it is understood. */
export function parseCapture(tool: string, text: string): ParsedText<unknown> {
  const parse = Object.hasOwn(captureParsers, tool) ? captureParsers[tool] : undefined;
  return parse?.(text) ?? { records: [], recordLines: 0, notices: [], notUnderstood: linesOf(text) };
}

function readValue({ text }: Line): readonly [name: string, value: string] | undefined {
  return [...parseSysctl(text)][0];
}

/** A name that the kernel does not have. */
function isMissingValue(text: string): boolean {
  return isNoise(text) || /^sysctl: unknown oid '[^']*'$/.test(text);
}

/** A text that answers one question as a whole. */
function oneAnswer<T>(read: (text: string) => T | undefined): (text: string) => ParsedText<T> {
  return text => {
    const lines = linesOf(text);
    const notices = lines.filter(line => isNoise(line.text)).map(line => line.text);
    const said = lines.filter(line => !isNoise(line.text));
    const answer = read(text);
    if (answer === undefined) return { records: [], recordLines: 0, notices, notUnderstood: said };
    return { records: [answer], recordLines: said.length, notices, notUnderstood: [] };
  };
}
