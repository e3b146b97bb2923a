import { captureParsers } from '../../../src/tools/captures/captureParsers.ts';
import type { ParsedText } from '../../../src/tools/text/parsedText.ts';
import { allCaptures, type Capture, storedCaptures } from '../../unit/tools/captures.ts';
import { timeRepeated } from './repeatedLine.ts';
import { shortLines, templateBeginnings } from './shortLines.ts';

/** A line of which ten megabytes were too much for a parser. */
export interface SlowLine {
  readonly tool: string;
  readonly line: string;
  /** For ten megabytes; infinite where a part of them took too long already. */
  readonly ms: number;
}

// Enough for the form of a line to show, and for what is done about lines that go on for long.
const probeBytes = 20_000;
const longerProbeBytes = 500_000;
// Five times as much as ten megabytes may take.
const longerProbeMs = 500;
const wholeBytes = 10_000_000;
const wholeMs = 2_000;
const longerProbes = 40;
const probes = 5;
const templateLengths = [4, 8, 12];
const lineLengths = [2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 40];

/**
 * For a parser the lines that cost it most, repeated to ten megabytes, the slowest first: some of those that the captures
 * have, some beginnings of those of its own tool, and some of the short ones, of which that is millions. A line's cost is
 * first taken from a small part of that.
 */
export async function slowestLines(tool: string): Promise<readonly SlowLine[]> {
  const parse = captureParsers[tool];
  if (parse === undefined) throw new RangeError(`${tool} has no parser`);
  const time = (lines: readonly string[], bytes: number): readonly SlowLine[] =>
    lines.map(line => ({ tool, line, ms: timeRepeated(parse, line, bytes) })).sort((a, b) => b.ms - a.ms);
  const costly = (lines: readonly string[]): readonly SlowLine[] => {
    const first = time(lines, probeBytes).slice(0, longerProbes);
    const longer: SlowLine[] = [];
    for (const { line } of first) {
      const [timed] = time([line], longerProbeBytes);
      // Of this no more need be known, and ten megabytes might take for ever.
      if (timed !== undefined && timed.ms > longerProbeMs) return [{ ...timed, ms: Number.POSITIVE_INFINITY }];
      if (timed !== undefined) longer.push(timed);
    }
    const slowest = longer.toSorted((a, b) => b.ms - a.ms).slice(0, probes);
    return slowest.map(({ line }) => ({ tool, line, ms: wholeTime(parse, line) }));
  };
  const short = [...shortLines(), ...(await templateBeginnings(templateLengths))];
  return [linesOfAllForms(), beginningsOfLines(tool), short].flatMap(costly).sort((a, b) => b.ms - a.ms);
}

/** Once more where it is too much, since the engine may have collected the garbage of the lines before. */
function wholeTime(parse: (text: string) => ParsedText<unknown>, line: string): number {
  const ms = timeRepeated(parse, line, wholeBytes);
  return ms > wholeMs ? Math.min(ms, timeRepeated(parse, line, wholeBytes)) : ms;
}

/** Two seconds for ten megabytes of whatever line. */
export function isTooSlow({ ms }: SlowLine): boolean {
  return ms > wholeMs;
}

/** One line of each form, and its damaged relatives: forms differ by more than their words and numbers. */
function linesOfAllForms(): readonly string[] {
  const lines = formsOf(allCaptures(), text => text.replaceAll(/[A-Za-z]+/g, 'a').replaceAll(/\d+/g, '0'));
  return [...lines, ...lines.map(line => line.slice(0, Math.ceil(line.length / 2))), ...hostileLines];
}

/** The first characters of the lines that the tool's captures have, so many of each that differs by more than its numbers. */
function beginningsOfLines(tool: string): readonly string[] {
  const own = storedCaptures().filter(capture => capture.tool === tool);
  const lines = formsOf(own, text => text.replaceAll(/[\da-f]{4,}|\d+/gi, '0'));
  return [...new Set(lines.flatMap(line => lineLengths.map(length => line.slice(0, length))))];
}

/** The first line of each form. */
function formsOf(captures: readonly Capture[], formOf: (text: string) => string): readonly string[] {
  const byForm = new Map<string, string>();
  for (const { text } of captures)
    for (const line of text.split('\n')) {
      const form = formOf(line.slice(0, 300));
      if (line.trim() !== '' && !byForm.has(form)) byForm.set(form, line);
    }
  return [...byForm.values()];
}

const hostileLines: readonly string[] = [
  '+-o ',
  '| '.repeat(200),
  '+-o A  <class A>',
  '"a" = "b',
  'Error Domain=X Code=1 "x',
  '<dict>',
  '<plist><dict>',
  '<string>&amp;',
  'A = 1, '.repeat(50),
  '> '.repeat(100),
  'a:'.repeat(500),
];
