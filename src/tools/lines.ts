import type { LineNotUnderstood, ParsedText } from './parsedText.ts';

/** One line of a text as it came, without its line ending. Lines count from 1. */
export interface Line {
  readonly line: number;
  readonly text: string;
}

/** The lines of a text. Blank lines say nothing in any tool's language and are left out; the numbering counts them. */
export function linesOf(text: string): readonly Line[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, text: line }))
    .filter(({ text }) => text.trim() !== '');
}

/** Parses a text of which every line stands for itself: `read` gives a line's record, `isNotice` knows the noise. */
export function parseLines<T>(
  text: string,
  read: (line: Line) => T | undefined,
  isNotice: (text: string) => boolean,
): ParsedText<T> {
  const records: T[] = [];
  const notices: string[] = [];
  const notUnderstood: LineNotUnderstood[] = [];
  for (const line of linesOf(text)) {
    const record = read(line);
    if (record !== undefined) records.push(record);
    else if (isNotice(line.text)) notices.push(line.text);
    else notUnderstood.push(line);
  }
  return { records, notices, notUnderstood };
}
