import { parseBootArguments } from '../bootArguments.ts';
import { parseCsrutil } from '../csrutil.ts';
import { parseDate } from '../date.ts';
import { parseDf } from '../df.ts';
import { parseLs, parseOpenssl } from '../fileLines.ts';
import { parseFind } from '../findCopies.ts';
import { parseId } from '../id.ts';
import { parseNvram } from '../nvram.ts';
import { parsers } from '../parsers.ts';
import { parsePlutil } from '../plutil.ts';
import { parsePs } from '../ps.ts';
import { parseSpctl } from '../spctl.ts';
import { parseSudoRights } from '../sudoRights.ts';
import { parseSwVers } from '../swVers.ts';
import { parseSysctl } from '../sysctl.ts';
import { parseControllers } from '../systemProfiler.ts';
import { lastAnswer } from '../text/lastAnswer.ts';
import { type Line, linesOf, parseLines } from '../text/lines.ts';
import { isNoise } from '../text/noise.ts';
import type { ParsedText } from '../text/parsedText.ts';
import { parseWhich } from '../which.ts';

/** The parser of each tool's captures: those of the `parse` command, and those of the tools that only the product asks. */
export const captureParsers: Readonly<Record<string, (text: string) => ParsedText<unknown>>> = {
  sw_vers: parseSwVers,
  sysctl: text => parseLines(text, readValue, isMissingValue),
  csrutil: oneAnswer(parseCsrutil),
  ps: parsePs,
  which: parseWhich,
  df: parseDf,
  date: parseDate,
  id: parseId,
  nvram: parseNvram,
  spctl: parseSpctl,
  sudo: parseSudoRights,
  ls: parseLs,
  openssl: parseOpenssl,
  find: parseFind,
  plutil: parsePlutil,
  system_profiler: oneAnswer(parseControllers),
  ...parsers,
};

/** The capture's text by its tool's parser; where there is none, no line of it is understood. */
export function parseCapture(tool: string, text: string): ParsedText<unknown> {
  const parse = Object.hasOwn(captureParsers, tool) ? captureParsers[tool] : undefined;
  return parse?.(text) ?? { records: [], recordLines: 0, notices: [], notUnderstood: linesOf(text) };
}

function readValue({ text }: Line): readonly [name: string, value: string] | undefined {
  const told = [...parseSysctl(text)][0];
  // The kernel may have been started without an argument.
  return told ?? (parseBootArguments(text) === undefined ? undefined : ['kern.bootargs', '']);
}

/** A name that the kernel does not have. */
function isMissingValue(text: string): boolean {
  return isNoise(text) || /^sysctl: unknown oid '[^']*'$/.test(text);
}

/** A text that answers one question as a whole. */
function oneAnswer<T>(read: (text: string) => T | undefined): (text: string) => ParsedText<T> {
  return text => {
    const isNotice = lastAnswer(isNoise);
    const lines = linesOf(text);
    const notices = lines.filter(line => isNotice(line.text)).map(line => line.text);
    const said = lines.filter(line => !isNotice(line.text));
    const answer = read(text);
    if (answer === undefined) return { records: [], recordLines: 0, notices, notUnderstood: said };
    return { records: [answer], recordLines: said.length, notices, notUnderstood: [] };
  };
}
