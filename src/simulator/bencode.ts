/** What the simulated kernel reads: bencode with `t` and `f` for booleans (media/simulated-mac/README.md). */
export type Bencodable =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | readonly Bencodable[]
  | { readonly [key: string]: Bencodable | undefined };

/** Encodes one value. Strings are UTF-8, lengths in bytes; undefined members are left out; numbers must be integers. */
export function bencode(value: Bencodable): Uint8Array {
  const written: Written = { text: '', parts: [] };
  encodeInto(value, written);
  return Buffer.concat([...written.parts, Buffer.from(written.text)]);
}

/** Text becomes bytes as late as can be: one buffer for each of thousands of strings takes longer than all the rest. */
interface Written {
  text: string;
  /** What stands before the text. */
  readonly parts: Uint8Array[];
}

function encodeInto(value: Bencodable, written: Written): void {
  if (typeof value === 'string') written.text += textOf(value);
  else if (value instanceof Uint8Array) encodeBytes(value, written);
  else if (typeof value === 'boolean') written.text += value ? 't' : 'f';
  else if (typeof value === 'bigint') written.text += `i${value}e`;
  else if (typeof value === 'number') written.text += `i${integer(value)}e`;
  else if (isList(value)) encodeList(value, written);
  else encodeDictionary(value, written);
}

function isList(
  value: readonly Bencodable[] | { readonly [key: string]: Bencodable | undefined },
): value is readonly Bencodable[] {
  return Array.isArray(value);
}

function integer(value: number): number {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${value} is not an integer that the simulated kernel can read`);
  return value;
}

function textOf(text: string): string {
  return `${Buffer.byteLength(text)}:${text}`;
}

function encodeBytes(bytes: Uint8Array, written: Written): void {
  written.parts.push(Buffer.from(`${written.text}${bytes.length}:`), bytes);
  written.text = '';
}

function encodeList(values: readonly Bencodable[], written: Written): void {
  written.text += 'l';
  for (const value of values) encodeInto(value, written);
  written.text += 'e';
}

function encodeDictionary(value: { readonly [key: string]: Bencodable | undefined }, written: Written): void {
  written.text += 'd';
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    written.text += textOf(key);
    encodeInto(member, written);
  }
  written.text += 'e';
}
