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
  const templates = tables
    .flatMap(table => Object.values(table).flat())
    .map(template => fixedWords(template).map(unescaped));
  const byFirst = beginningsByFirst(
    templates.map(([beginning = '']) => beginning).filter(beginning => beginning !== ''),
  );
  const marks = marksOf(templates.filter(([beginning]) => beginning === '').map(markedWord));
  return (text, from = 0, to = text.length) => {
    const own = byFirst[text.charCodeAt(from)];
    if (own !== undefined) for (const beginning of own) if (text.startsWith(beginning, from)) return true;
    for (const mark of marks) if (hasWord(text, mark, from, to)) return true;
    return false;
  };
}

/** What stands before the first character that JSON writes in another way. */
function unescaped(text: string): string {
  return text.split(/["\\/]/)[0] ?? '';
}

/** The longest that has a mark. */
function markedWord(words: readonly string[]): string {
  const marked = words.filter(word => [...word].some(character => isMark(character, word)));
  const [longest] = marked.sort((a, b) => b.length - a.length);
  if (longest === undefined) throw new Error(`nothing marks a template: ${words.join('…')}`);
  return longest;
}

/** By the code of the first character; of beginnings that begin alike only the shortest. */
function beginningsByFirst(beginnings: readonly string[]): readonly (readonly string[] | undefined)[] {
  const shortest = [...new Set(beginnings)].filter(
    text => !beginnings.some(other => other.length < text.length && text.startsWith(other)),
  );
  return byCode(shortest, text => text.charCodeAt(0));
}

/** Words that are found by one character: the engine finds a single one far faster than a word. */
interface Mark {
  /** Where the character stands next. */
  readonly next: (text: string, from: number) => number;
  /** By the code of what stands two further on, where words differ: the word, and where in it the character stands. */
  readonly byNext: readonly (readonly (readonly [word: string, offset: number])[] | undefined)[];
}

/** Few characters of which every word has one: each time the one that most of those left have. */
function marksOf(words: readonly string[]): readonly Mark[] {
  const marks: Mark[] = [];
  let left = words;
  while (left.length > 0) {
    const having = (character: string) => left.filter(word => isMark(character, word));
    const [character = ''] = [...new Set(left.join(''))].sort((a, b) => having(b).length - having(a).length);
    const own = having(character).map(word => [word, word.indexOf(character)] as const);
    marks.push({ next: finder(character), byNext: byCode(own, ([word, offset]) => word.charCodeAt(offset + 2)) });
    left = left.filter(word => !isMark(character, word));
  }
  return marks;
}

/** Letters and blanks stand everywhere, and so mark nothing. */
function isMark(character: string, word: string): boolean {
  const offset = word.indexOf(character);
  return /[^\w\s]/.test(character) && offset >= 0 && offset + 2 < word.length;
}

function hasWord(text: string, { next, byNext }: Mark, from: number, to: number): boolean {
  for (let at = next(text, from); at < to; at = next(text, at + 1)) {
    const words = byNext[text.charCodeAt(at + 2)];
    if (words !== undefined) for (const [word, offset] of words) if (text.startsWith(word, at - offset)) return true;
  }
  return false;
}

function byCode<Each>(all: readonly Each[], codeOf: (each: Each) => number): readonly (readonly Each[] | undefined)[] {
  const result: Each[][] = [];
  for (const each of all) {
    const code = codeOf(each);
    result[code] = [...(result[code] ?? []), each];
  }
  return result;
}
