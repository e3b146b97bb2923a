/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The value as JSON. Addresses, sizes and ids become `0x…` text, as the tools print them; a Map becomes an object whose
 * whole numbers are properties of the I/O Registry and stay numbers (text where JSON would round them); bytes become
 * `{ "base64": … }`. An undefined field is left out.
 */
export function toJson(value: unknown): Json {
  return jsonOf(value, false);
}

function jsonOf(value: unknown, inMap: boolean): Json {
  switch (typeof value) {
    case 'bigint':
      return inMap ? numeral(value) : value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : objectOf(value, inMap);
    default:
      return null;
  }
}

function objectOf(value: object, inMap: boolean): Json {
  if (Array.isArray(value)) return value.map(item => jsonOf(item, inMap));
  if (value instanceof Uint8Array) return { base64: base64(value) };
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Set) return [...value].map(item => jsonOf(item, inMap));
  const isMap = value instanceof Map;
  const entries: readonly (readonly [unknown, unknown])[] = isMap ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [String(key), jsonOf(field, inMap || isMap)] as const),
  );
}

function numeral(value: bigint): Json {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
