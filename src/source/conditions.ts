/** What is known of macros: the value, or undefined of one that the build does not define; of all others nothing is known. */
export type KnownMacros = ReadonlyMap<string, string | undefined>;

/** The `#if` … `#endif` that are open at a place of a text, each with what is known of its branches. */
export class Conditions {
  readonly #open: { skipping: boolean; taken: boolean }[] = [];
  readonly #macros: KnownMacros;

  constructor(macros: KnownMacros) {
    this.#macros = macros;
  }

  /** The compiler is known to leave out what stands here. */
  get skipping(): boolean {
    return this.#open.some(({ skipping }) => skipping);
  }

  /** A preprocessor line. */
  see(line: string): void {
    const [, word, condition = ''] = /^[ \t]*#[ \t]*(\w+)[ \t]*(.*)/s.exec(line) ?? [];
    if (word === 'if') this.#begin(conditionHolds(condition, this.#macros));
    else if (word === 'ifdef') this.#begin(this.#isDefined(condition));
    else if (word === 'ifndef') this.#begin(not(this.#isDefined(condition)));
    else if (word === 'endif') this.#open.pop();
    else if (word === 'elif') this.#next(conditionHolds(condition, this.#macros));
    else if (word === 'else') this.#next(undefined);
  }

  #isDefined(condition: string): boolean | undefined {
    const name = condition.trim();
    return this.#macros.has(name) ? this.#macros.get(name) !== undefined : undefined;
  }

  #begin(holds: boolean | undefined): void {
    this.#open.push({ skipping: holds === false, taken: holds === true });
  }

  #next(holds: boolean | undefined): void {
    const open = this.#open.at(-1);
    if (open === undefined) return;
    open.skipping = open.taken || holds === false;
    open.taken ||= holds === true;
  }
}

function not(holds: boolean | undefined): boolean | undefined {
  return holds === undefined ? undefined : !holds;
}

/** Longer than any that is written by hand; what is nested deeper than that would end on the stack. */
const longestCondition = 1000;

const word = /\s*(?:([A-Za-z_]\w*)|(0[xX][\dA-Fa-f]+|\d+)[uUlL]*(?!\w)|(&&|\|\||[=!<>]=|[!<>()])|(\S))/y;

/** Whether the condition of an `#if` holds; undefined where that hangs on a macro of which nothing is known, or on what is not understood. */
export function conditionHolds(condition: string, macros: KnownMacros): boolean | undefined {
  const words = wordsOf(condition);
  if (words === undefined) return undefined;
  const reader = new ConditionReader(words, macros);
  const value = reader.either();
  return reader.atEnd && value !== undefined ? value !== 0 : undefined;
}

function wordsOf(condition: string): readonly string[] | undefined {
  const text = condition
    .slice(0, longestCondition + 1)
    .replace(/\\\r?\n/g, ' ')
    .trim();
  if (text === '' || text.length > longestCondition) return undefined;
  const words: string[] = [];
  word.lastIndex = 0;
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    const [, name, number, sign] = match;
    const found = name ?? number ?? sign;
    if (found === undefined) return undefined;
    words.push(found);
  }
  return words;
}

/** A value, or undefined where it is not known. */
type Value = number | undefined;

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Reads `||`, `&&`, comparisons, `!`, `defined`, names, numbers and parentheses. */
class ConditionReader {
  readonly #words: readonly string[];
  readonly #macros: KnownMacros;
  #at = 0;

  constructor(words: readonly string[], macros: KnownMacros) {
    this.#words = words;
    this.#macros = macros;
  }

  get atEnd(): boolean {
    return this.#at === this.#words.length;
  }

  either(): Value {
    let value = this.#both();
    while (this.#took('||')) {
      const other = this.#both();
      value = value || other ? 1 : value === 0 && other === 0 ? 0 : undefined;
    }
    return value;
  }

  #both(): Value {
    let value = this.#compared();
    while (this.#took('&&')) {
      const other = this.#compared();
      value = value === 0 || other === 0 ? 0 : value && other ? 1 : undefined;
    }
    return value;
  }

  #compared(): Value {
    const value = this.#single();
    const compare = comparisons[this.#words[this.#at] ?? ''];
    if (compare === undefined) return value;
    this.#at += 1;
    const other = this.#single();
    return value === undefined || other === undefined ? undefined : Number(compare(value, other));
  }

  #single(): Value {
    if (this.#took('!')) {
      const value = this.#single();
      return value === undefined ? undefined : Number(value === 0);
    }
    if (this.#took('(')) {
      const value = this.either();
      return this.#took(')') ? value : this.#lost();
    }
    const next = this.#words[this.#at] ?? '';
    this.#at += 1;
    if (next === 'defined') return this.#defined();
    if (/^\d/.test(next)) return numberOf(next);
    if (!/^\w/.test(next)) return this.#lost();
    if (next === 'true' || next === 'false') return Number(next === 'true');
    if (!this.#macros.has(next)) return undefined;
    const value = this.#macros.get(next);
    return value === undefined ? 0 : numberOf(value);
  }

  #defined(): Value {
    const inParentheses = this.#took('(');
    const name = this.#words[this.#at] ?? '';
    this.#at += 1;
    if (!/^[A-Za-z_]/.test(name) || (inParentheses && !this.#took(')'))) return this.#lost();
    return this.#macros.has(name) ? Number(this.#macros.get(name) !== undefined) : undefined;
  }

  #took(sign: string): boolean {
    if (this.#words[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  /** What is not understood is not known as a whole. */
  #lost(): undefined {
    this.#at = Number.POSITIVE_INFINITY;
    return undefined;
  }
}

/** As C writes whole numbers; undefined for anything else. */
function numberOf(text: string): Value {
  const [, digits] = /^\s*(0[xX][\dA-Fa-f]+|\d+)[uUlL]*\s*$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return Number.parseInt(digits, /^0x/i.test(digits) ? 16 : /^0/.test(digits) ? 8 : 10);
}
