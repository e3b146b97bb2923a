import { fixedWords, type LineTemplates } from './lineTemplates.ts';

/**
 * True where the text from `from` on may begin with a line of one of the templates; false where it surely does not. Many
 * times cheaper than reading the line: a log has a million of them, of which a handful fits. Texts may be escaped as JSON.
 */
export type LineFilter = (text: string, from?: number) => boolean;

/** The filter of what readers of these tables read. */
export function lineFilter(...tables: readonly LineTemplates[]): LineFilter {
  const templates = tables.flatMap(table => Object.values(table).flat()).map(fixedWords);
  const beginnings = templates.map(([beginning = '']) => unescaped(beginning)).filter(beginning => beginning !== '');
  const others = templates.filter(([beginning = '']) => unescaped(beginning) === '');
  const byFirst = beginningsByFirst(beginnings);
  const words = commonWords(others.map(literals => literals.map(unescaped)));
  return (text, from = 0) => {
    const own = byFirst[text.charCodeAt(from)];
    if (own !== undefined) for (const beginning of own) if (text.startsWith(beginning, from)) return true;
    for (const word of words) if (text.includes(word, from)) return true;
    return false;
  };
}

/** What stands before the first character that JSON writes in another way. */
function unescaped(text: string): string {
  return text.split(/["\\/]/)[0] ?? '';
}

/** By the code of the first character; of beginnings that begin alike only the shortest. */
function beginningsByFirst(beginnings: readonly string[]): readonly (readonly string[] | undefined)[] {
  const byFirst: string[][] = [];
  const shortest = [...new Set(beginnings)].filter(
    text => !beginnings.some(other => other.length < text.length && text.startsWith(other)),
  );
  for (const text of shortest) {
    const first = text.charCodeAt(0);
    byFirst[first] = [...(byFirst[first] ?? []), text];
  }
  return byFirst;
}

/** Few words of which every template has one: each time the one that most of those left have. */
function commonWords(templates: readonly (readonly string[])[]): readonly string[] {
  const chosen: string[] = [];
  let left = templates;
  while (left.length > 0) {
    const candidates = new Set(left.flatMap(literals => literals.flatMap(wordsIn)));
    const having = (word: string) => left.filter(literals => literals.some(literal => literal.includes(word)));
    const [best] = [...candidates].sort((a, b) => having(b).length - having(a).length || b.length - a.length);
    if (best === undefined) throw new Error('a template has no word of its own');
    chosen.push(best);
    left = left.filter(literals => !literals.some(literal => literal.includes(best)));
  }
  return chosen;
}

/** Single characters stand in every line, and so tell nothing. */
function wordsIn(literal: string): readonly string[] {
  return literal.match(/\w{2,}|[^\w\s]{2,}/g) ?? [];
}
