/**
 * Texts that refer to build settings, as in the settings themselves and in an Info.plist that Xcode fills in:
 *   org.sample.$(PRODUCT_NAME:rfc1034identifier)     also ${…}, $[…] and $NAME
 *   $(WIDTH_$(ARCHS))                                a name may be made of settings
 *   $(VERSION:default=1.0)                           an operator may have an operand
 *   $$                                               a dollar sign
 */

/** A reference to a build setting. */
export interface SettingReference {
  readonly name: SettingText;
  readonly operators: readonly SettingOperator[];
  /** As it is written. */
  readonly written: string;
}

/** `:lower`, or with an operand `:default=1.0`. */
export interface SettingOperator {
  readonly name: string;
  readonly operand: SettingText | undefined;
}

/** Plain pieces and references, in order. */
export type SettingText = readonly (string | SettingReference)[];

/** A reference that is being read. */
interface Open {
  readonly start: number;
  readonly close: string;
  readonly name: Pieces;
  readonly operators: { readonly name: string; readonly operand: Pieces | undefined }[];
}

type Pieces = (string | SettingReference)[];

/** References within references; one deeper is plain text. */
const deepest = 64;
const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };
const plain = /[^$:)}\]]+/y;
const bareName = /[A-Za-z_]\w*/y;
const operator = /([A-Za-z_]\w*)?(=)?/y;

/** Reads a text once from left to right. A reference that does not end is plain text. */
export function parseSettingText(text: string): SettingText {
  if (!text.includes('$')) return text === '' ? [] : [text];
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  readonly #outermost: Pieces = [];
  readonly #open: Open[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): SettingText {
    while (this.#at < this.#text.length) {
      const run = this.#take(plain)?.[0];
      if (run === undefined) this.#sign();
      else this.#into.push(run);
    }
    const [unended] = this.#open;
    return unended === undefined ? this.#outermost : [...this.#outermost, this.#text.slice(unended.start)];
  }

  #sign(): void {
    const sign = this.#text[this.#at] ?? '';
    const current = this.#open.at(-1);
    this.#at += 1;
    if (sign === '$') this.#dollar();
    else if (sign === current?.close) {
      this.#open.pop();
      const { name, operators } = current;
      this.#into.push({ name, operators, written: this.#text.slice(current.start, this.#at) });
    } else if (sign === ':' && current !== undefined) {
      const [, name = '', equals] = this.#take(operator) ?? [];
      current.operators.push({ name, operand: equals === undefined ? undefined : [] });
    } else this.#into.push(sign);
  }

  /** What stands behind a dollar sign. */
  #dollar(): void {
    const next = this.#text[this.#at] ?? '';
    const close = closing[next];
    const begins = close !== undefined && this.#open.length < deepest;
    const name = begins ? undefined : this.#take(bareName)?.[0];
    if (begins) this.#open.push({ start: this.#at - 1, close, name: [], operators: [] });
    else if (name === undefined) this.#into.push('$');
    else this.#into.push({ name: [name], operators: [], written: `$${name}` });
    if (begins || next === '$') this.#at += 1;
  }

  /** Where what comes next belongs. What follows an operator that has no operand means nothing. */
  get #into(): Pieces {
    const current = this.#open.at(-1);
    if (current === undefined) return this.#outermost;
    const last = current.operators.at(-1);
    return last === undefined ? current.name : (last.operand ?? []);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text) ?? undefined;
    this.#at += match?.[0].length ?? 0;
    return match;
  }
}
