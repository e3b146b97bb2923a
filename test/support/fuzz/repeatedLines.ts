import { captureParsers } from '../../../src/tools/captureParsers.ts';
import type { ParsedText } from '../../../src/tools/parsedText.ts';
import { allCaptures } from '../../unit/tools/captures.ts';
import { timeRepeated } from './repeatedLine.ts';
import { shortLines, templateBeginnings } from './shortLines.ts';

/** A line of which ten megabytes were too much for a parser. */
export interface SlowLine {
  readonly tool: string;
  readonly line: string;
  readonly ms: number;
}

// Enough for the form of a line to show.
const probeBytes = 50_000;
const wholeBytes = 10_000_000;
const wholeMs = 2_000;
const probes = 5;
const beginnings = [4, 8, 12];

/**
 * For a parser the lines that cost it most, repeated to ten megabytes, the slowest first: some of those that the captures
 * have, and some of the short ones, of which that is millions. A line's cost is first taken from a small part of that.
 */
export async function slowestLines(tool: string): Promise<readonly SlowLine[]> {
  const parse = captureParsers[tool];
  if (parse === undefined) throw new RangeError(`${tool} has no parser`);
  const costly = (lines: readonly string[]) =>
    lines
      .map(line => ({ line, ms: timeRepeated(parse, line, probeBytes) }))
      .sort((a, b) => b.ms - a.ms)
      .slice(0, probes);
  const short = [...shortLines(), ...(await templateBeginnings(beginnings))];
  return [...costly(linesOfAllForms()), ...costly(short)]
    .map(({ line }) => ({ tool, line, ms: wholeTime(parse, line) }))
    .sort((a, b) => b.ms - a.ms);
}

/** Once more where it is too much, since other processes may have had the processor. */
function wholeTime(parse: (text: string) => ParsedText<unknown>, line: string): number {
  const ms = timeRepeated(parse, line, wholeBytes);
  return ms > wholeMs ? Math.min(ms, timeRepeated(parse, line, wholeBytes)) : ms;
}

/** Two seconds for ten megabytes of whatever line, on a machine with nothing else to do. */
export function isTooSlow({ ms }: SlowLine): boolean {
  return ms > wholeMs;
}

/** One line of each form, and its damaged relatives: forms differ by more than their words and numbers. */
function linesOfAllForms(): readonly string[] {
  const byForm = new Map<string, string>();
  for (const { text } of allCaptures())
    for (const line of text.split('\n')) {
      const form = line
        .slice(0, 300)
        .replaceAll(/[A-Za-z]+/g, 'a')
        .replaceAll(/\d+/g, '0');
      if (line.trim() !== '' && !byForm.has(form)) byForm.set(form, line);
    }
  const lines = [...byForm.values()];
  return [...lines, ...lines.map(line => line.slice(0, Math.ceil(line.length / 2))), ...hostileLines];
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
