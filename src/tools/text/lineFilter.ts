import { finder } from './finder.ts';
import { fixedWords, type LineTemplates } from './lineTemplates.ts';

/**
 * True where the text between `from` and `to` may be a line of one of the templates, from its beginning on; false where it
 * surely is none. Many times cheaper than reading the line: a log has a million of them, of which a handful fits. The text
 * may be escaped as JSON.
 */
export type LineFilter = (text: string, from?: number, to?: number) => boolean;

/** The filter of what readers of these tables read. */
export function lineFilter(...tables: readonly LineTemplates[]): LineFilter {
  const templates = tables.flatMap(table => Object.values(table).flat()).map(fixedWords);
  const beginnings = templates.map(words => beforeEscape(words[0])).filter(text => text !== '');
  const others = templates.filter(words => beforeEscape(words[0]) === '');
  const byFirst = beginningsByFirst(beginnings);
  const ends = others.map(endOf).filter(({ text }) => text !== '');
  const byLast = byCode(ends, ({ text }) => text.charCodeAt(text.length - 1));
  const marks = marksOf(others.filter(words => behindEscape(words.at(-1)) === ''));
  return (text, from = 0, to = text.length) => {
    if (hasBeginning(text, from, byFirst) || hasEnd(text, from, to, byLast)) return true;
    for (const mark of marks) if (hasWord(text, mark, from, to)) return true;
    return false;
  };
}

/** By the code of a character of theirs. */
type ByCode<Each> = readonly (readonly Each[] | undefined)[];

// A character is compared in a tenth of the time of a word, and mostly tells enough.
function hasBeginning(text: string, from: number, byFirst: ByCode<string>): boolean {
  const beginnings = byFirst[text.charCodeAt(from)];
  if (beginnings === undefined) return false;
  const second = text.charCodeAt(from + 1);
  for (const each of beginnings)
    if ((each.length === 1 || each.charCodeAt(1) === second) && text.startsWith(each, from)) return true;
  return false;
}

/** Blanks and tabs behind the line are none of it. */
function hasEnd(text: string, from: number, to: number, byLast: ByCode<End>): boolean {
  let last = to;
  while (last > from && text.charCodeAt(last - 1) <= blank) last -= 1;
  const ends = byLast[text.charCodeAt(last - 1)];
  if (ends === undefined) return false;
  for (const { text: end, word } of ends) {
    const start = last - end.length;
    if (text.charCodeAt(start) !== end.charCodeAt(0) || !text.startsWith(end, start)) continue;
    if (word === undefined || word(text, from) < to) return true;
  }
  return false;
}

/** How a line of a template ends. Where that is one character, as a full stop, a word of it tells more. */
interface End {
  readonly text: string;
  /** Where the word stands next. */
  readonly word: ((text: string, from: number) => number) | undefined;
}

function endOf(words: readonly string[]): End {
  const text = behindEscape(words.at(-1));
  const longest = words.map(beforeEscape).reduce((best, each) => (each.length > best.length ? each : best), '');
  return { text, word: text.length === 1 ? finder(longest) : undefined };
}

const blank = 0x20;

/** What stands before the first character that JSON writes in another way. */
function beforeEscape(text = ''): string {
  return text.split(/["\\/]/)[0] ?? '';
}

/** What stands behind the last character that JSON writes in another way. */
function behindEscape(text = ''): string {
  return text.split(/["\\/]/).at(-1) ?? '';
}

/** By the code of the first character; of beginnings that begin alike only the shortest. */
function beginningsByFirst(beginnings: readonly string[]): ByCode<string> {
  const shortest = [...new Set(beginnings)].filter(
    text => !beginnings.some(other => other.length < text.length && text.startsWith(other)),
  );
  return byCode(shortest, text => text.charCodeAt(0));
}

/** Words that are found by one character: the engine finds a single one far faster than a word. */
interface Mark {
  /** Where the character stands next. */
  readonly next: (text: string, from: number) => number;
  /** By the code of what follows the character: the word, and where in it the character stands. */
  readonly byNext: ByCode<readonly [word: string, offset: number]>;
}

// The rarer a character is in a log, the better it marks. Letters and blanks stand everywhere.
const rarestFirst = ']}{[><)(;=#@!&|*+?,-_.:';

/** The marks of templates, each given by the words that every line of it has. */
function marksOf(templates: readonly (readonly string[])[]): readonly Mark[] {
  const words = templates.map(texts => markedWord(texts.map(beforeEscape)));
  return [...new Set(words.map(({ character }) => character))].map(character => {
    const own = words
      .filter(word => word.character === character)
      .map(({ word }) => [word, word.indexOf(character)] as const);
    return { next: finder(character), byNext: byCode(own, ([word, offset]) => word.charCodeAt(offset + 1)) };
  });
}

/** The word of a template that has the rarest mark, with something behind it. */
function markedWord(words: readonly string[]): { readonly word: string; readonly character: string } {
  for (const character of rarestFirst) {
    const marked = words.filter(word => word.slice(0, -1).includes(character)).sort((a, b) => b.length - a.length);
    if (marked[0] !== undefined) return { word: marked[0], character };
  }
  throw new Error(`nothing marks a template: ${words.join('…')}`);
}

function hasWord(text: string, { next, byNext }: Mark, from: number, to: number): boolean {
  for (let at = next(text, from); at < to; at = next(text, at + 1)) {
    const words = byNext[text.charCodeAt(at + 1)];
    if (words !== undefined) for (const [word, offset] of words) if (text.startsWith(word, at - offset)) return true;
  }
  return false;
}

function byCode<Each>(all: readonly Each[], codeOf: (each: Each) => number): ByCode<Each> {
  const result: Each[][] = [];
  for (const each of all) {
    const code = codeOf(each);
    result[code] = [...(result[code] ?? []), each];
  }
  return result;
}
