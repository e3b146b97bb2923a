import { excerpt } from './excerpt.ts';

/** Why the text of an element is no value of its type, as the end of a sentence. */
export interface ValueProblem {
  readonly problem: string;
}

/** The number of an `<integer>`: optional sign, decimal or 0x hexadecimal, white space around it. */
export function integerValue(text: string): bigint | ValueProblem {
  const match = /^\s*([+-]?)(\d+|0[xX][\dA-Fa-f]+)\s*$/.exec(text);
  const digits = match?.[2];
  if (digits === undefined) return found('integer', text, 'a whole number such as 42 or 0x2A');
  return match?.[1] === '-' ? -BigInt(digits) : BigInt(digits);
}

/** The number of a `<real>`, which may also be nan or infinity as CoreFoundation writes them. */
export function realValue(text: string): number | ValueProblem {
  const trimmed = text.trim();
  if (/^nan$/i.test(trimmed)) return Number.NaN;
  if (/^\+?inf(inity)?$/i.test(trimmed)) return Number.POSITIVE_INFINITY;
  if (/^-inf(inity)?$/i.test(trimmed)) return Number.NEGATIVE_INFINITY;
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) return Number(trimmed);
  return found('real', text, 'a number such as 1.5');
}

/** The moment of a `<date>`: `2024-01-31T10:00:00Z`. */
export function dateValue(text: string): Date | ValueProblem {
  const trimmed = text.trim();
  const date = new Date(trimmed);
  const wellFormed = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(trimmed);
  if (wellFormed && !Number.isNaN(date.getTime())) return date;
  return found('date', text, 'a date such as 2024-01-31T10:00:00Z');
}

/** The bytes of a `<data>`: base64 with white space anywhere. */
export function dataValue(text: string): Uint8Array | ValueProblem {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.replace(/=+$/, '').length % 4 === 1)
    return found('data', compact, 'base64');
  return new Uint8Array(Buffer.from(compact, 'base64'));
}

function found(element: string, text: string, expected: string): ValueProblem {
  const shown = excerpt(text);
  const what = shown === '' ? 'nothing' : `"${shown}"`;
  return { problem: `found ${what} in <${element}>; expected ${expected}` };
}
