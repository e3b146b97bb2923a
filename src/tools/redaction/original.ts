import { isToolWord, isWithinToolWords } from './toolWords.ts';

/** What a private text is, as the review calls it. */
export type PrivateKind =
  | 'user'
  | 'host'
  | 'serial number'
  | 'address'
  | 'UUID'
  | 'e-mail'
  | 'volume'
  | 'network'
  | 'other vendor'
  | 'device'
  | 'signature'
  | 'password'
  | 'process'
  | 'path'
  | 'kernel address';

/**
 * Where an original is replaced: `everywhere`, also inside longer words; as a whole `word`; only in the `place` that showed
 * that it is private, because the same letters are a word of the tools.
 */
export type Reach = 'everywhere' | 'word' | 'place';

/** A private text that stands in what tools printed. */
export interface Original {
  /** As it was found first; its case is not told apart. */
  readonly text: string;
  readonly kind: PrivateKind;
  readonly reach: Reach;
  /** Its letters are hexadecimal digits, and so are those of its stand-in. */
  readonly hex: boolean;
}

/** How far a name may be replaced without harm to what the tools say themselves. */
export function reachOf(name: string): Reach {
  if (name.length < 3 || isToolWord(name)) return 'place';
  // As short as a part of an address or a UUID, which it could be; letters of an odd number are no bytes.
  if (/^[a-f]+$/i.test(name) && name.length < 8 && name.length % 2 === 1) return 'word';
  if (/^[0-9a-f]+$/i.test(name) && name.length < 8) return 'place';
  if (/^[\d.,-]+$/.test(name) && name.length < 8) return 'place';
  return name.length < 4 || isWithinToolWords(name) ? 'word' : 'everywhere';
}
