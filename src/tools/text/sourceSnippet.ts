import type { Line } from './lines.ts';

// clang shows at most this many source lines before the one with the caret.
const longest = 16;

/**
 * How many lines at `lines[at]` are the source lines that a compiler shows under its message, with their caret line and
 * the correction that may follow it; 0 where none are shown. A line that `startsMessage` ends the search.
 */
export function snippetLength(lines: readonly Line[], at: number, startsMessage: (text: string) => boolean): number {
  for (let length = 1; length <= longest; length += 1) {
    const text = lines[at + length - 1]?.text;
    if (text === undefined || startsMessage(text)) return 0;
    if (isCaretLine(text)) return length + correctionLength(lines[at + length]?.text, startsMessage);
  }
  return 0;
}

function isCaretLine(text: string): boolean {
  return /^\s*(?:\|\s*)?[\s~]*\^[\s~^]*$/.test(text);
}

/** A proposed correction stands alone on the line under the caret. */
function correctionLength(text: string | undefined, startsMessage: (text: string) => boolean): number {
  return text !== undefined && /^\s{2,}(?:\|\s*)?\S/.test(text) && !startsMessage(text) ? 1 : 0;
}

/**
 * How many characters the message is about, from its column on, by the lines that a compiler shows under it: what the caret
 * and the tildes behind it mark, or the word at a caret that stands alone. undefined where nothing is shown or marked.
 */
export function markedLength(snippet: readonly string[]): number | undefined {
  const at = snippet.findIndex(isCaretLine);
  const caretLine = snippet[at] ?? '';
  const source = snippet[at - 1];
  const caret = caretLine.indexOf('^');
  if (source === undefined || caret < 0) return undefined;
  const marked = /^\^~*/.exec(caretLine.slice(caret))?.[0].length ?? 0;
  const word = /^\w+/.exec(source.slice(caret))?.[0].length ?? 0;
  const length = marked > 1 ? marked : Math.max(word, /^\S/.test(source.slice(caret)) ? 1 : 0);
  return length === 0 ? undefined : length;
}
