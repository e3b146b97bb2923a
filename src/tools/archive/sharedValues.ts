import { leafValue } from './leafValue.ts';

/** The values of one archive: the same words and small numbers come again and again, and one of each is kept. */
export class SharedValues {
  readonly #texts = new Map<string, string>();
  readonly #small: bigint[] = [];

  text(content: string): string {
    const known = this.#texts.get(content);
    if (known === undefined) this.#texts.set(content, content);
    return known ?? content;
  }

  /** Throws Malformed for what is no integer. */
  integer(content: string): bigint {
    const small = smallNumber(content);
    if (small === undefined) return leafValue('integer', content) as bigint;
    const value = this.#small[small] ?? BigInt(small);
    this.#small[small] = value;
    return value;
  }
}

/** One to four decimal digits as a number; undefined for everything else. */
function smallNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > 4) return undefined;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}
