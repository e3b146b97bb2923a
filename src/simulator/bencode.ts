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
  const parts: Uint8Array[] = [];
  encodeInto(value, parts);
  return Buffer.concat(parts);
}

function encodeInto(value: Bencodable, parts: Uint8Array[]): void {
  if (typeof value === 'string') encodeBytes(Buffer.from(value, 'utf8'), parts);
  else if (value instanceof Uint8Array) encodeBytes(value, parts);
  else if (typeof value === 'boolean') parts.push(Buffer.from(value ? 't' : 'f'));
  else if (typeof value === 'bigint') parts.push(Buffer.from(`i${value}e`));
  else if (typeof value === 'number') parts.push(Buffer.from(`i${integer(value)}e`));
  else if (isList(value)) encodeList(value, parts);
  else encodeDictionary(value, parts);
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

function encodeBytes(bytes: Uint8Array, parts: Uint8Array[]): void {
  parts.push(Buffer.from(`${bytes.length}:`), bytes);
}

function encodeList(values: readonly Bencodable[], parts: Uint8Array[]): void {
  parts.push(Buffer.from('l'));
  for (const value of values) encodeInto(value, parts);
  parts.push(Buffer.from('e'));
}

function encodeDictionary(value: { readonly [key: string]: Bencodable | undefined }, parts: Uint8Array[]): void {
  parts.push(Buffer.from('d'));
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    encodeBytes(Buffer.from(key, 'utf8'), parts);
    encodeInto(member, parts);
  }
  parts.push(Buffer.from('e'));
}
