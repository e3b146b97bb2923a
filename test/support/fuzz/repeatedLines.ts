import { parsers } from '../../../src/tools/parsers.ts';
import { allCaptures } from '../../unit/tools/captures.ts';
import { timeRepeated } from './repeatedLine.ts';

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
const msPerLine = 0.004;
const probes = 5;

/**
 * For each parser the lines of all captures that cost it most, repeated to ten megabytes, the slowest first; `isTooSlow`
 * says which are over the limit. A line's cost is first taken from a small part of that.
 */
export function slowestLines(tool: string): readonly SlowLine[] {
  const parse = parsers[tool];
  if (parse === undefined) throw new RangeError(`${tool} has no parser`);
  const costly = linesOfAllForms()
    .map(line => ({ line, ms: timeRepeated(parse, line, probeBytes) }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, probes);
  return costly
    .map(({ line }) => ({ tool, line, ms: timeRepeated(parse, line, wholeBytes) }))
    .sort((a, b) => b.ms - a.ms);
}

/** Two seconds for ten megabytes; lines of a few characters, of which that is millions, may take as long as they are many. */
export function isTooSlow({ ms, line }: SlowLine): boolean {
  return ms > Math.max(wholeMs, (wholeBytes / (line.length + 1)) * msPerLine);
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
  'x',
  ' ',
  '"',
  '{',
  '(',
  '<',
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
  '\t',
  'a:'.repeat(500),
];
