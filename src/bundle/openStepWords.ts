import type { SourcePosition } from '../model/sourcePosition.ts';

/** A word of a property list of the old style. `broken`: what began here never ends, and `text` says what. */
export interface Word {
  readonly kind: 'string' | 'data' | 'mark' | 'broken' | 'end';
  /** Of a string its value; of data the digits. */
  readonly text: string;
  readonly position: SourcePosition;
}

const bare = /[\w$/:.-]+/y;
// A line ends at the separators of Unicode, too, for those who write them down; positions count \n alone.
const blank = /[\s\u2028\u2029]+/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** Cuts a text into its words, each once and in order, without blanks and comments. */
export class OpenStepWords {
  readonly #text: string;
  readonly #file: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #counted = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  /** The next word; once the text is at its end, that again and again. */
  next(): Word {
    const broken = this.#skip();
    const start = this.#at;
    if (broken !== undefined) return this.#word('broken', broken, start);
    const sign = this.#text[start];
    if (sign === undefined) return this.#word('end', '', start);
    if (sign === '"' || sign === "'") return this.#quoted(sign, start);
    if (sign === '<') return this.#data(start);
    bare.lastIndex = start;
    const [text = ''] = bare.exec(this.#text) ?? [];
    this.#at = start + Math.max(text.length, 1);
    return this.#word(text === '' ? 'mark' : 'string', text === '' ? sign : text, start);
  }

  /** Passes blanks and comments. */
  #skip(): string | undefined {
    for (;;) {
      blank.lastIndex = this.#at;
      this.#at += blank.exec(this.#text)?.[0].length ?? 0;
      if (this.#text.startsWith('//', this.#at)) {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end === -1 ? this.#text.length : end;
      } else if (this.#text.startsWith('/*', this.#at)) {
        const end = this.#text.indexOf('*/', this.#at + 2);
        if (end === -1) return 'a comment without an end';
        this.#at = end + 2;
      } else return undefined;
    }
  }

  #quoted(quote: string, start: number): Word {
    const pieces: string[] = [];
    let from = start + 1;
    for (let at = from; at < this.#text.length; at += 1) {
      const sign = this.#text[at];
      if (sign === quote) {
        pieces.push(this.#text.slice(from, at));
        this.#at = at + 1;
        return this.#word('string', pieces.join(''), start);
      }
      if (sign !== '\\') continue;
      const { value, length } = escaped(this.#text, at + 1);
      pieces.push(this.#text.slice(from, at), value);
      from = at + 1 + length;
      at = from - 1;
    }
    this.#at = this.#text.length;
    return this.#word('broken', 'a string without a closing quote', start);
  }

  #data(start: number): Word {
    const end = this.#text.indexOf('>', start);
    const digits = end === -1 ? '' : this.#text.slice(start + 1, end);
    this.#at = end === -1 ? this.#text.length : end + 1;
    const isWhole = end !== -1 && /^[\s\da-f]*$/i.test(digits) && digits.replace(/\s/g, '').length % 2 === 0;
    return isWhole ? this.#word('data', digits, start) : this.#word('broken', 'data that is no hexadecimal', start);
  }

  #word(kind: Word['kind'], text: string, start: number): Word {
    for (let end = this.#nextLine(start); end !== -1; end = this.#nextLine(start)) {
      this.#line += 1;
      this.#lineStart = end + 1;
      this.#counted = end + 1;
    }
    const column = start - this.#lineStart + 1;
    const position = { file: this.#file, line: this.#line, column };
    const onOneLine = kind === 'string' && !text.includes('\n');
    return { kind, text, position: onOneLine ? { ...position, endColumn: column + this.#at - start } : position };
  }

  /** The next end of a line before `start` that was not counted; each character is looked at once. */
  #nextLine(start: number): number {
    for (let at = this.#counted; at < start; at += 1) {
      if (this.#text.charCodeAt(at) === 0x0a) return at;
      this.#counted = at + 1;
    }
    return -1;
  }
}

/** What stands behind a backslash: a letter for a sign, up to three octal digits, or U and four hexadecimal ones. */
function escaped(text: string, at: number): { readonly value: string; readonly length: number } {
  const [octal] = /^[0-7]{1,3}/.exec(text.slice(at, at + 3)) ?? [];
  if (octal !== undefined) return { value: String.fromCharCode(Number.parseInt(octal, 8)), length: octal.length };
  const [, unicode] = /^U([\da-fA-F]{1,4})/.exec(text.slice(at, at + 5)) ?? [];
  if (unicode !== undefined)
    return { value: String.fromCharCode(Number.parseInt(unicode, 16)), length: unicode.length + 1 };
  const sign = text[at] ?? '';
  return { value: escapes[sign] ?? sign, length: sign.length };
}
