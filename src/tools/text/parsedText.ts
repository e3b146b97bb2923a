/** A line that a parser has no form for, kept as it came. Lines count from 1. */
export interface LineNotUnderstood {
  readonly line: number;
  readonly text: string;
}

/**
 * What a parser made of a text. Every line that is not blank is one of three: it made part of a record, is a notice, or was
 * not understood. So `recordLines`, the notices and the lines not understood are together as many as those lines.
 */
export interface ParsedText<T> {
  readonly records: readonly T[];
  /** How many lines made the records: one may take several, and several may stand on one. */
  readonly recordLines: number;
  /** Lines known to say nothing about the question, verbatim. */
  readonly notices: readonly string[];
  readonly notUnderstood: readonly LineNotUnderstood[];
}

/** One text after the other. Lines not understood keep the numbers of their own text. */
export function joined<T>(first: ParsedText<T>, second: ParsedText<T>): ParsedText<T> {
  return {
    records: [...first.records, ...second.records],
    recordLines: first.recordLines + second.recordLines,
    notices: [...first.notices, ...second.notices],
    notUnderstood: [...first.notUnderstood, ...second.notUnderstood],
  };
}
