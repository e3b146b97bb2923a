/** A line that a parser has no form for, kept as it came. Lines count from 1. */
export interface LineNotUnderstood {
  readonly line: number;
  readonly text: string;
}

/** What a parser made of a text. Records, notices and lines not understood account for every line. */
export interface ParsedText<T> {
  readonly records: readonly T[];
  /** Lines known to say nothing about the question, verbatim. */
  readonly notices: readonly string[];
  readonly notUnderstood: readonly LineNotUnderstood[];
}
