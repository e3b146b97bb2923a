/** What a line of JSON did: the objects that end on it; `stray` where something stands on it that is no object. */
export interface JsonLine {
  readonly found: readonly string[];
  readonly stray: boolean;
}

/** Cuts JSON that arrives line by line, or in pieces of a line, into its outermost objects: alone, or in an array. */
export interface JsonObjects {
  readonly take: (text: string) => JsonLine;
  /** Whether an object has begun that has not ended. */
  readonly isOpen: () => boolean;
  /** Whether the object goes on inside a string: no line ends there. */
  readonly inString: () => boolean;
  /** How many characters of an object are held. */
  readonly held: () => number;
  /** Forgets the object that has not ended. */
  readonly reset: () => void;
}

export function jsonObjects(): JsonObjects {
  let depth = 0;
  let quoted = false;
  let escaped = false;
  let object = '';
  const step = (code: number): 'stray' | 'begins' | 'ends' | undefined => {
    if (escaped) escaped = false;
    else if (quoted) {
      escaped = code === backslash;
      quoted = code !== quote;
    } else if (code === openBrace) return ++depth === 1 ? 'begins' : undefined;
    else if (depth === 0) return isBetween(code) ? undefined : 'stray';
    else if (code === closeBrace) return --depth === 0 ? 'ends' : undefined;
    else quoted = code === quote;
    return undefined;
  };
  const take = (text: string): JsonLine => {
    const found: string[] = [];
    let start = 0;
    for (let at = 0; at < text.length; at += 1) {
      const what = step(text.charCodeAt(at));
      if (what === 'stray') return { found, stray: true };
      if (what === 'begins') start = at;
      else if (what === 'ends') {
        found.push(object + text.slice(start, at + 1));
        object = '';
      }
    }
    if (depth > 0) object += text.slice(start);
    return { found, stray: false };
  };
  const reset = () => {
    depth = 0;
    quoted = false;
    escaped = false;
    object = '';
  };
  return { take, reset, isOpen: () => depth > 0, inString: () => quoted, held: () => object.length };
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Blanks, commas and the brackets of the array. */
function isBetween(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x2c || code === 0x5b || code === 0x5d;
}
