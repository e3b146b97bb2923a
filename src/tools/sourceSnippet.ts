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
