import { leafValue } from './leafValue.ts';

/**
 * The keys and numbers of one archive: the same keys and small numbers come again and again, and one of each is kept. To look
 * up each text besides would cost more than it saves.
 */
export class SharedValues {
  readonly #keys = new Map<string, string>();
  readonly #small: bigint[] = [];

  key(content: string): string {
    const known = this.#keys.get(content);
    if (known === undefined) this.#keys.set(content, content);
    return known ?? content;
  }

  /** Throws Malformed for what is no integer. */
  integer(content: string): bigint {
    const number = shortNumber(content);
    if (number === undefined) return leafValue('integer', content) as bigint;
    if (number > largestShared) return BigInt(number);
    const value = this.#small[number] ?? BigInt(number);
    this.#small[number] = value;
    return value;
  }
}

const largestShared = 9999;

/** One to fifteen decimal digits as a number, which is exact for so few; undefined for everything else. */
function shortNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > 15) return undefined;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}
