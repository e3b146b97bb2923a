import type { ParsedText } from './parsedText.ts';

/** The blanks and tabs with which every line begins that is not blank, as in a block of Markdown. */
export function commonIndent(text: string): string {
  let indent: string | undefined;
  for (let start = 0; start < text.length && indent !== ''; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const own = indentAt(text, start, end);
    if (own !== undefined) indent = indent === undefined ? own : commonBeginning(indent, own);
    start = end + 1;
  }
  return indent ?? '';
}

/** undefined for a blank line. */
function indentAt(text: string, start: number, end: number): string | undefined {
  let at = start;
  while (at < end && (text.charCodeAt(at) === blank || text.charCodeAt(at) === tab)) at += 1;
  const isBlank = at === end || (at === end - 1 && text.charCodeAt(at) === carriageReturn);
  return isBlank ? undefined : text.slice(start, at);
}

const tab = 0x09;
const carriageReturn = 0x0d;
const blank = 0x20;

function commonBeginning(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
  return one.slice(0, length);
}

/** The text without what all of its lines begin with. */
export function unindented(text: string): string {
  return without(commonIndent(text), text);
}

function without(indent: string, text: string): string {
  if (indent === '') return text;
  const rest = text.startsWith(indent) ? text.slice(indent.length) : text;
  return rest.replaceAll(`\n${indent}`, '\n');
}

/** Reads a text that is set in as a whole as if it were not; what it gives back of it as it came is set in again. */
export function readUnindented<T>(parse: (text: string) => ParsedText<T>): (text: string) => ParsedText<T> {
  return text => {
    const indent = commonIndent(text);
    if (indent === '') return parse(text);
    const lineAsItCame = (line: string) => (line.trim() === '' ? line : indent + line);
    const asItCame = (own: string) =>
      own.includes('\n') ? own.split('\n').map(lineAsItCame).join('\n') : lineAsItCame(own);
    const { records, notices, notUnderstood, ...parsed } = parse(without(indent, text));
    return {
      ...parsed,
      records: records.map(record => (isText(record) ? { ...record, text: asItCame(record.text) } : record)),
      notices: notices.map(asItCame),
      // A remark is no line of the text.
      notUnderstood: notUnderstood.map(each => (each.line > 0 ? { line: each.line, text: asItCame(each.text) } : each)),
    };
  };
}

/** True for a record that has its lines as they came. */
function isText<T>(record: T): record is T & { readonly line: number; readonly text: string } {
  return typeof record === 'object' && record !== null && 'line' in record && 'text' in record;
}
