import type { Kext } from '../../model/kext.ts';

/** True for the heading of kextstat's table, of any system and width. */
export function isKextstatHeader(text: string): boolean {
  return /^\s*Index\s+Refs\s+Address\s+Size\s+Wired\s.*Name \(Version\)/.test(text);
}

/** A row of kextstat's table, in any of the forms that kextstat.ts lists; undefined for what is none. */
export function readKextRow(text: string): Kext | undefined {
  // A row begins with its index.
  if (!/^\s*[\d?]/.test(text)) return undefined;
  return new KextRowReader(text).read(0);
}

// Characters.
const lineEnd = 0x0a;
const blank = 0x20;
const bracket = 0x28;
const bracketEnd = 0x29;
const dash = 0x2d;
const zero = 0x30;
const opens = 0x3c;
const closes = 0x3e;
const question = 0x3f;
const letterA = 0x61;
const letterX = 0x78;

// What a character is: part of a word, a blank or the end of a line.
const isOfWord = 0;
const isBlank = 1;
const isLineEnd = 2;
const kinds = new Uint8Array(0x100);
for (const each of '\t\v\f\r \u00a0') kinds[each.charCodeAt(0)] = isBlank;
kinds[lineEnd] = isLineEnd;

/** What stands there is no number. One that the kernel did not know, `??`, is undefined. */
const noNumber = -1;
const uuidLength = 36;

/**
 * Reads the rows of one text. A list of ten thousand rows is read while somebody waits: so this walks over the characters once,
 * in place of a pattern, and takes only out what it keeps. A byte of an array is nearer than a character of a text.
 */
export class KextRowReader {
  readonly #text: string;
  /** A byte for each of the text's characters, and an end of its last line. */
  readonly #codes: Uint8Array;
  // A number of 64 bits is put together from its halves, which is much faster than to have its digits read.
  readonly #halves = new Uint32Array(2);
  readonly #whole = new BigUint64Array(this.#halves.buffer);
  // A copy has no room to grow, which an array that was filled step by step has.
  readonly #indexes: number[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#codes = bytesOf(text);
  }

  /** Where the row that was read last ends. */
  get end(): number {
    return this.#at;
  }

  /** The row of the line that begins there; undefined where it is none. */
  read(start: number): Kext | undefined {
    this.#at = start;
    this.#skip(isBlank);
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
    this.#skip(isBlank);
    if (this.#code(this.#at) !== lineEnd) return undefined;
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

  /** The character there; nobody asks for one behind the end of the text's last line. */
  #code(at: number): number {
    return this.#codes[at] ?? lineEnd;
  }

  /** Goes on behind all characters of that kind. True where there were any. */
  #skip(kind: typeof isBlank | typeof isOfWord): boolean {
    const start = this.#at;
    let at = start;
    while (kinds[this.#code(at)] === kind) at += 1;
    this.#at = at;
    return at > start;
  }

  /** A number and the blanks behind it. */
  #decimal(): number | undefined {
    let at = this.#at;
    let value = 0;
    for (let digit = this.#code(at) - zero; digit >= 0 && digit <= 9; digit = this.#code(at) - zero) {
      value = value * 10 + digit;
      at += 1;
    }
    if (at === this.#at) return this.#unknown(2) ? undefined : noNumber;
    this.#at = at;
    return this.#skip(isBlank) ? value : noNumber;
  }

  /** `0x…`, or a bare `0`, and the blanks behind it. */
  #hexadecimal(): bigint | undefined | typeof noNumber {
    const start = this.#at;
    if (this.#code(start) !== zero) return this.#unknown(4) ? undefined : noNumber;
    if (this.#code(start + 1) !== letterX) {
      this.#at = start + 1;
      return this.#skip(isBlank) ? 0n : noNumber;
    }
    let at = start + 2;
    let high = 0;
    let low = 0;
    for (let digit = hexDigit(this.#code(at)); digit >= 0; digit = hexDigit(this.#code(at))) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
      at += 1;
    }
    const digits = at - start - 2;
    this.#at = at;
    if (digits === 0 || !this.#skip(isBlank)) return noNumber;
    return digits > 16 ? BigInt(this.#text.slice(start, at)) : this.#bigint(high, low);
  }

  #bigint(high: number, low: number): bigint {
    this.#halves[0] = low;
    this.#halves[1] = high;
    return this.#whole[0] ?? 0n;
  }

  /** Between two question marks and so many. */
  #unknown(most: number): boolean {
    const start = this.#at;
    while (this.#code(this.#at) === question) this.#at += 1;
    const marks = this.#at - start;
    return marks >= 2 && marks <= most && this.#skip(isBlank);
  }

  /** The name and the version, and the architecture where a word stands before the name. */
  #named(): Pick<Kext, 'architecture' | 'bundleIdentifier' | 'version'> | undefined {
    const start = this.#at;
    if (!this.#skip(isOfWord)) return undefined;
    const end = this.#at;
    this.#skip(isBlank);
    const name = this.#at;
    this.#skip(isOfWord);
    const nameEnd = this.#at;
    const behindName = this.#version();
    if (behindName !== undefined && nameEnd > name) {
      const architecture = this.#code(start) === question ? undefined : this.#text.slice(start, end);
      return { architecture, bundleIdentifier: this.#text.slice(name, nameEnd), version: behindName };
    }
    this.#at = end;
    const version = this.#version();
    if (version === undefined) return undefined;
    return { architecture: undefined, bundleIdentifier: this.#text.slice(start, end), version };
  }

  /** ` (1.4.0)`; stays where it is where none stands there. */
  #version(): string | undefined {
    const start = this.#at;
    if (this.#code(start) !== blank || this.#code(start + 1) !== bracket) return undefined;
    let at = start + 2;
    while (this.#code(at) !== bracketEnd && this.#code(at) !== lineEnd) at += 1;
    if (this.#code(at) === lineEnd) return undefined;
    this.#at = at + 1;
    return this.#text.slice(start + 2, at);
  }

  /** A UUID, or `no UUID`; stays where it is where neither stands there. */
  #uuid(): string | undefined {
    const start = this.#at;
    if (this.#skip(isBlank)) {
      const from = this.#at;
      const uuid = this.#uuidAt(from);
      if (uuid !== undefined) {
        this.#at = from + uuidLength;
        return uuid;
      }
      if (this.#text.startsWith('no UUID', from)) {
        this.#at = from + 'no UUID'.length;
        return undefined;
      }
    }
    this.#at = start;
    return undefined;
  }

  /** The UUID there, in capitals. */
  #uuidAt(start: number): string | undefined {
    let isSmall = false;
    for (let at = 0; at < uuidLength; at += 1) {
      const code = this.#code(start + at);
      if (at === 8 || at === 13 || at === 18 || at === 23) {
        if (code !== dash) return undefined;
      } else if (hexDigit(code) < 0) return undefined;
      else isSmall ||= code >= letterA;
    }
    const written = this.#text.slice(start, start + uuidLength);
    return isSmall ? written.toUpperCase() : written;
  }

  /** `<7 6 ?? 1>`: an index that the kernel did not know names nothing. Stays where it is where no list stands there. */
  #linkedAgainst(): readonly number[] | undefined {
    const start = this.#at;
    const list = this.#skip(isBlank) && this.#code(this.#at) === opens ? this.#listAt(this.#at) : undefined;
    if (list === undefined) this.#at = start;
    return list;
  }

  /** Goes on behind the list. */
  #listAt(start: number): readonly number[] | undefined {
    let at = start;
    let count = 0;
    let code = opens;
    while (code !== closes) {
      at += 1;
      const from = at;
      let value = 0;
      for (let digit = this.#code(at) - zero; digit >= 0 && digit <= 9; digit = this.#code(at) - zero) {
        value = value * 10 + digit;
        at += 1;
      }
      const digits = at - from;
      code = this.#code(at);
      while (kinds[code] === isOfWord && code !== closes && code !== opens) {
        at += 1;
        code = this.#code(at);
      }
      if (code === opens || code === lineEnd) return undefined;
      if (digits > 0 && at === from + digits) this.#indexes[count++] = value;
    }
    this.#at = at + 1;
    return this.#indexes.slice(0, count);
  }
}

/**
 * The text as one byte for each character, and the end of a line behind the last one. Of the characters that a byte cannot hold
 * blanks become one blank, as `\s` has them (copies from web pages put some that do not break), and all others one letter.
 */
function bytesOf(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafe(text.length + 1);
  bytes.write(
    text.replace(/[^\0-\xff]/g, each => (each.trim() === '' ? '\u00a0' : '\u00ff')),
    'latin1',
  );
  bytes[text.length] = lineEnd;
  return bytes;
}

const hexDigits = new Int8Array(0x100).fill(-1);
for (const digit of '0123456789abcdefABCDEF') hexDigits[digit.charCodeAt(0)] = Number.parseInt(digit, 16);

/** Its value; negative where it is none. */
function hexDigit(code: number): number {
  return hexDigits[code] ?? -1;
}
