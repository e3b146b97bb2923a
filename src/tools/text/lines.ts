import { lastAnswer } from './lastAnswer.ts';
import type { LineNotUnderstood, ParsedText } from './parsedText.ts';

/** One line of a text as it came, without its line ending. Lines count from 1. */
export interface Line {
  readonly line: number;
  readonly text: string;
}

/** The lines of a text. Blank lines say nothing in any tool's language and are left out; the numbering counts them. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let line = 1;
  for (let start = 0; start <= text.length; line += 1) {
    const found = text.indexOf('\n', start);
    const next = found < 0 ? text.length : found;
    const end = found > start && text.charCodeAt(found - 1) === carriageReturn ? found - 1 : next;
    const own = text.slice(start, end);
    if (!isBlank(own)) lines.push({ line, text: own });
    start = next + 1;
  }
  return lines;
}

const carriageReturn = 13;

function isBlank(text: string): boolean {
  // The first character of nearly every line says it.
  return text === '' || (text.charCodeAt(0) <= 32 || text.charCodeAt(0) >= 128 ? text.trim() === '' : false);
}

/** What some lines say together. */
export interface Taken<T> {
  readonly records: readonly T[];
  /** How many lines it is, what came with it included. */
  readonly taken: number;
  /** Those of the lines that say nothing about the question, verbatim. */
  readonly notices?: readonly string[];
}

/**
 * Parses a text of which some lines belong together: `take` gives what starts at `lines[at]`, `isNotice` knows the noise.
 * A line of which neither knows is not understood.
 */
export function parseBlocks<T>(
  text: string,
  take: (lines: readonly Line[], at: number) => Taken<T> | undefined,
  isNotice: (text: string) => boolean,
): ParsedText<T> {
  const isNoticed = lastAnswer(isNotice);
  const records: T[] = [];
  const notices: string[] = [];
  const notUnderstood: LineNotUnderstood[] = [];
  let recordLines = 0;
  const lines = linesOf(text);
  const repeats = repeatsIn(lines);
  let at = 0;
  let inVain = false;
  for (let line = lines[at]; line !== undefined; line = lines[at]) {
    // Where the same line was looked at in vain and goes on for longer than any block, there is nothing else to see.
    const found: Taken<T> | undefined = inVain && repeats(at) ? undefined : take(lines, at);
    inVain = found === undefined;
    if (found) {
      for (const record of found.records) records.push(record);
      for (const notice of found.notices ?? []) notices.push(notice);
      recordLines += found.taken - (found.notices?.length ?? 0);
    } else if (isNoticed(line.text)) notices.push(line.text);
    else notUnderstood.push(line);
    at += found?.taken ?? 1;
  }
  return { records, recordLines, notices, notUnderstood };
}

// The longest block, kextutil's diagnostics, ends before that.
const farthest = 2_500;

/** Tells of a line, asked about in order, whether it says what the one before says, and so do all for a long way. */
function repeatsIn(lines: readonly Line[]): (at: number) => boolean {
  let end = 0;
  return at => {
    const text = lines[at]?.text;
    if (text !== lines[at - 1]?.text) return false;
    if (end <= at) {
      end = at;
      while (end < lines.length && lines[end]?.text === text) end += 1;
    }
    return end - at > farthest;
  };
}

/** Parses a text of which every line stands for itself: `read` gives a line's record. */
export function parseLines<T>(
  text: string,
  read: (line: Line) => T | undefined,
  isNotice: (text: string) => boolean,
): ParsedText<T> {
  const take = (lines: readonly Line[], at: number) => {
    const record = lines[at] && read(lines[at]);
    return record === undefined ? undefined : { records: [record], taken: 1 };
  };
  return parseBlocks(text, take, isNotice);
}
