/**
 * ssh_config(5), as far as it names hosts. Accepted, among lines that say something else:
 *   Host mini "test mac" 10.0.0.* !old
 *   HostName 10.0.0.7
 *   User=dev
 *   Include work/*.conf ~/more
 *   Match host mini exec "true"
 *   Match all
 */

/** A name that stands in a Host line for itself alone. */
export interface SshConfigHost {
  readonly name: string;
  /** Where it is; absent where the name says it. */
  readonly hostName?: string;
  readonly user?: string;
}

/** What a configuration says of hosts, in its order. */
export type SshConfigPart =
  | { readonly kind: 'host'; readonly host: SshConfigHost }
  | {
      readonly kind: 'include';
      /** As they are written, with their wildcards. */
      readonly paths: readonly string[];
      /** The patterns of the Host line that it stands under: what is read there is said of names that fit them. */
      readonly within: readonly string[];
    };

/** The lines below one Host line. */
interface Block {
  readonly patterns: readonly string[];
  hostName?: string;
  user?: string;
}

type Found =
  | { readonly kind: 'host'; readonly name: string; readonly block: Block }
  | Extract<SshConfigPart, { kind: 'include' }>;

/** Says it of every host, as the lines before the first Host line do. */
const everyHost = ['*'];

/**
 * The hosts that the text of one file names, and the files that it includes. Patterns and what is negated are no names; what
 * stands under a Match is passed over, but for `Match all`: whether it holds only ssh can tell.
 */
export function parseSshConfig(text: string): readonly SshConfigPart[] {
  const found: Found[] = [];
  let block: Block | undefined = { patterns: everyHost };
  for (const line of text.split('\n')) {
    const [, written = '', rest = ''] = /^\s*([A-Za-z]+)(?![^\s="])\s*=?\s*([\s\S]*)$/.exec(line) ?? [];
    const keyword = written.toLowerCase();
    const words = wordsOf(rest);
    if (keyword === 'host') {
      block = { patterns: words };
      for (const name of words.filter(isName)) found.push({ kind: 'host', name, block });
    } else if (keyword === 'match') {
      block = words.join(' ').toLowerCase() === 'all' ? { patterns: everyHost } : undefined;
    } else if (block !== undefined) {
      if (keyword === 'include') found.push({ kind: 'include', paths: words, within: block.patterns });
      else setValue(block, keyword, words[0]);
    }
  }
  return found.map(each => (each.kind === 'include' ? each : { kind: 'host', host: hostOf(each.name, each.block) }));
}

/** What is said first holds. */
function setValue(block: Block, keyword: string, value: string | undefined): void {
  if (value === undefined) return;
  if (keyword === 'hostname') block.hostName ??= value;
  if (keyword === 'user') block.user ??= value;
}

/** Whether a name fits a list of patterns as that of a Host line: one of them, and none that is negated. */
export function fitsHostPatterns(name: string, patterns: readonly string[]): boolean {
  const fits = (pattern: string) => fitsPattern(name, pattern);
  const negated = patterns.filter(pattern => pattern.startsWith('!')).map(pattern => pattern.slice(1));
  return !negated.some(fits) && patterns.some(pattern => !pattern.startsWith('!') && fits(pattern));
}

/** Whether all of a text fits a pattern in which `*` stands for any characters and `?` for one. */
export function fitsPattern(text: string, pattern: string): boolean {
  let [at, inPattern] = [0, 0];
  let [star, afterStar] = [-1, 0];
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      [star, afterStar] = [inPattern, at];
      inPattern += 1;
    } else if (wanted === '?' || wanted === text[at]) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      // What the last star stands for is longer by one.
      afterStar += 1;
      [at, inPattern] = [afterStar, star + 1];
    } else return false;
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}

function isName(word: string): boolean {
  return word !== '' && !/[*?!]/.test(word);
}

function hostOf(name: string, { hostName, user }: Block): SshConfigHost {
  // %h is the name itself, %% a percent sign.
  const where = hostName?.replace(/%([h%])/g, (_, sign) => (sign === 'h' ? name : '%'));
  return {
    name,
    ...(where === undefined || where === name ? {} : { hostName: where }),
    ...(user === undefined ? {} : { user }),
  };
}

/** Blanks, what a backslash takes as it is, what quotes join, and every other character. An open quote goes to the end. */
const pieces = /\s+|\\["'\\ ]|"(?:\\["'\\]|[^"])*(?:"|$)|'(?:\\["'\\]|[^'])*(?:'|$)|[\s\S]/g;

/** The words of a line; one that begins with # ends them. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [piece] of line.matchAll(pieces)) {
    if (/^\s/.test(piece)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (piece === '#' && word === undefined) return words;
    else word = (word ?? '') + meant(piece);
  }
  return word === undefined ? words : [...words, word];
}

function meant(piece: string): string {
  const quote = /^["']/.exec(piece)?.[0];
  if (quote === undefined) return piece.length === 2 ? piece.slice(1) : piece;
  const inner = piece.length > 1 && piece.endsWith(quote) ? piece.slice(1, -1) : piece.slice(1);
  return inner.replace(/\\(["'\\])/g, '$1');
}
