import type { Kext } from '../model/kext.ts';

/** True for the heading of kextstat's table, of any system and width. */
export function isKextstatHeader(text: string): boolean {
  return /^\s*Index\s+Refs\s+Address\s+Size\s+Wired\s.*Name \(Version\)/.test(text);
}

/** A row of kextstat's table, in any of the forms that kextstat.ts lists; undefined for what is none. */
export function readKextRow(text: string): Kext | undefined {
  // A row begins with its index.
  if (!/^\s*[\d?]/.test(text)) return undefined;
  return new KextRowReader(text).read(0, text.length);
}

// Characters.
const blank = 0x20;
const zero = 0x30;
const question = 0x3f;
const opens = 0x3c;
const closes = 0x3e;
const letterX = 0x78;

/** What stands there is no number. One that the kernel did not know, `??`, is undefined. */
const noNumber = -1;
const uuidLength = 36;

/**
 * Reads the rows of one text. A list of ten thousand rows is read while somebody waits: so this walks over the characters once,
 * in place of a pattern, and takes only out what it keeps.
 */
export class KextRowReader {
  readonly #text: string;
  // A number of 64 bits is put together from its halves, which is much faster than to have its digits read.
  readonly #halves = new Uint32Array(2);
  readonly #whole = new BigUint64Array(this.#halves.buffer);
  // A copy has no room to grow, which an array that was filled step by step has.
  readonly #indexes: number[] = [];
  #at = 0;
  #end = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The row between the two places; undefined where none stands there. */
  read(start: number, end: number): Kext | undefined {
    this.#at = start;
    this.#end = end;
    this.#skipBlanks();
    const index = this.#decimal();
    if (index === noNumber) return undefined;
    const references = this.#decimal();
    if (references === noNumber) return undefined;
    const address = this.#hexadecimal();
    if (address === noNumber) return undefined;
    const size = this.#hexadecimal();
    if (size === noNumber) return undefined;
    const wired = this.#hexadecimal();
    if (wired === noNumber) return undefined;
    const named = this.#named();
    if (named === undefined) return undefined;
    const { architecture, bundleIdentifier, version } = named;
    const uuid = this.#uuid();
    const linkedAgainst = this.#linkedAgainst();
    this.#skipBlanks();
    if (this.#at < this.#end) return undefined;
    return {
      bundleIdentifier,
      version,
      index,
      references,
      address,
      size,
      wired,
      architecture,
      uuid,
      linkedAgainst,
    };
  }

  /** True where there were any. */
  #skipBlanks(): boolean {
    const start = this.#at;
    let at = start;
    while (at < this.#end && isBlank(this.#text.charCodeAt(at))) at += 1;
    this.#at = at;
    return at > start;
  }

  #skipWord(): boolean {
    const start = this.#at;
    let at = start;
    while (at < this.#end && !isBlank(this.#text.charCodeAt(at))) at += 1;
    this.#at = at;
    return at > start;
  }

  /** A number and the blanks behind it. */
  #decimal(): number | undefined {
    const text = this.#text;
    let at = this.#at;
    let value = 0;
    for (let digit = text.charCodeAt(at) - zero; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - zero) {
      value = value * 10 + digit;
      at += 1;
    }
    if (at === this.#at) return this.#unknown(2) ? undefined : noNumber;
    this.#at = at;
    return this.#skipBlanks() ? value : noNumber;
  }

  /** `0x…`, or a bare `0`, and the blanks behind it. */
  #hexadecimal(): bigint | undefined | typeof noNumber {
    const text = this.#text;
    const start = this.#at;
    if (text.charCodeAt(start) !== zero) return this.#unknown(4) ? undefined : noNumber;
    if (text.charCodeAt(start + 1) !== letterX) {
      this.#at = start + 1;
      return this.#skipBlanks() ? 0n : noNumber;
    }
    let at = start + 2;
    let high = 0;
    let low = 0;
    for (let digit = hexDigit(text.charCodeAt(at)); digit >= 0; digit = hexDigit(text.charCodeAt(at))) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
      at += 1;
    }
    const digits = at - start - 2;
    this.#at = at;
    if (digits === 0 || !this.#skipBlanks()) return noNumber;
    return digits > 16 ? BigInt(text.slice(start, at)) : this.#bigint(high, low);
  }

  #bigint(high: number, low: number): bigint {
    this.#halves[0] = low;
    this.#halves[1] = high;
    return this.#whole[0] ?? 0n;
  }

  /** Between two question marks and so many. */
  #unknown(most: number): boolean {
    const start = this.#at;
    while (this.#at < this.#end && this.#text.charCodeAt(this.#at) === question) this.#at += 1;
    const marks = this.#at - start;
    return marks >= 2 && marks <= most && this.#skipBlanks();
  }

  /** The name and the version, and the architecture where a word stands before the name. */
  #named(): Pick<Kext, 'architecture' | 'bundleIdentifier' | 'version'> | undefined {
    const start = this.#at;
    if (!this.#skipWord()) return undefined;
    const end = this.#at;
    this.#skipBlanks();
    const name = this.#at;
    this.#skipWord();
    const nameEnd = this.#at;
    const behindName = this.#version();
    if (behindName !== undefined && nameEnd > name) {
      const architecture = this.#text.charCodeAt(start) === question ? undefined : this.#text.slice(start, end);
      return { architecture, bundleIdentifier: this.#text.slice(name, nameEnd), version: behindName };
    }
    this.#at = end;
    const version = this.#version();
    if (version === undefined) return undefined;
    return { architecture: undefined, bundleIdentifier: this.#text.slice(start, end), version };
  }

  /** ` (1.4.0)`; stays where it is where none stands there. */
  #version(): string | undefined {
    if (this.#text.charCodeAt(this.#at) !== blank || this.#text[this.#at + 1] !== '(') return undefined;
    const end = this.#text.indexOf(')', this.#at);
    if (end < 0 || end >= this.#end) return undefined;
    const version = this.#text.slice(this.#at + 2, end);
    this.#at = end + 1;
    return version;
  }

  /** A UUID, or `no UUID`; stays where it is where neither stands there. */
  #uuid(): string | undefined {
    const start = this.#at;
    if (this.#skipBlanks()) {
      if (this.#text.startsWith('no UUID', this.#at)) {
        this.#at += 'no UUID'.length;
        return undefined;
      }
      const from = this.#at;
      const uuid = from + uuidLength > this.#end ? 'none' : uuidAt(this.#text, from);
      if (uuid !== 'none') {
        this.#at += uuidLength;
        const written = this.#text.slice(from, this.#at);
        return uuid === 'lower' ? written.toUpperCase() : written;
      }
    }
    this.#at = start;
    return undefined;
  }

  /** `<7 6 ?? 1>`: an index that the kernel did not know names nothing. Stays where it is where no list stands there. */
  #linkedAgainst(): readonly number[] | undefined {
    const start = this.#at;
    if (!this.#skipBlanks() || this.#text.charCodeAt(this.#at) !== opens) {
      this.#at = start;
      return undefined;
    }
    const indexes = this.#indexes;
    indexes.length = 0;
    for (let at = this.#at + 1, value = 0, known = false, other = false; at < this.#end; at += 1) {
      const code = this.#text.charCodeAt(at);
      const digit = code - zero;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        known = true;
      } else if (code === closes || isBlank(code)) {
        if (known && !other) indexes.push(value);
        if (code === closes) {
          this.#at = at + 1;
          return indexes.slice();
        }
        value = 0;
        known = false;
        other = false;
      } else if (code === opens) break;
      else other = true;
    }
    this.#at = start;
    return undefined;
  }
}

/** As `\s` has them; copies from web pages put blanks that do not break. */
function isBlank(code: number): boolean {
  if (code === blank) return true;
  if (code < 0x80) return code >= 9 && code <= 13;
  return /\s/.test(String.fromCharCode(code));
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Whether a UUID stands there, and whether a letter of it is small. */
function uuidAt(text: string, start: number): 'upper' | 'lower' | 'none' {
  let lower = false;
  for (let at = 0; at < uuidLength; at += 1) {
    const code = text.charCodeAt(start + at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== 0x2d) return 'none';
    } else if (hexDigit(code) < 0) return 'none';
    else lower ||= code >= 0x61;
  }
  return lower ? 'lower' : 'upper';
}
