import { decoded, encodedLike, fromHex, toHex } from './base64.ts';

/**
 * Rewrites the bytes that stand in a text: `<data>` of an archive and `<6a6f686e>` of a tree. `rewrite` gets bytes as text
 * (UTF-8 where they are, else one character a byte) and gives as many back.
 */
export function rewriteData(text: string, rewrite: (text: string) => string): string {
  return text
    .replace(/(<data>)([^<]*)/g, (whole, tag: string, base64: string) => {
      const bytes = decoded(base64);
      if (bytes === undefined) return whole;
      const written = rewriteBytes(bytes, rewrite);
      return written === bytes ? whole : tag + encodedLike(written, base64);
    })
    .replace(/(?<== ?<)(?:[0-9a-f]{2})+(?=>)/g, hex => {
      const bytes = fromHex(hex);
      const written = rewriteBytes(bytes, rewrite);
      return written === bytes ? hex : toHex(written);
    });
}

/** The bytes as text, and every second byte of them where what lies between is zero: UTF-16 of either order. */
function rewriteBytes(bytes: string, rewrite: (text: string) => string): string {
  const plain = rewriteNarrow(bytes, rewrite);
  return [0, 1].reduce((kept, offset) => rewriteWide(kept, offset, rewrite), plain);
}

function rewriteNarrow(bytes: string, rewrite: (text: string) => string): string {
  const text = utf8(bytes) ?? bytes;
  const written = rewrite(text);
  if (written === text) return bytes;
  const back = text === bytes ? written : byteString(written);
  return back.length === bytes.length ? back : bytes;
}

function rewriteWide(bytes: string, offset: number, rewrite: (text: string) => string): string {
  const other = 1 - offset;
  const wide = Array.from({ length: Math.floor(bytes.length / 2) }, (_, pair) =>
    bytes.charAt(pair * 2 + other) === '\0' ? bytes.charAt(pair * 2 + offset) : '\u{fffd}',
  ).join('');
  if (!/[^\u{fffd}\0]{2}/u.test(wide)) return bytes;
  const written = rewrite(wide);
  if (written === wide || written.length !== wide.length) return bytes;
  const out = [...bytes];
  for (let pair = 0; pair < wide.length; pair += 1)
    if (wide[pair] !== '\u{fffd}') out[pair * 2 + offset] = written[pair] ?? '';
  return out.join('');
}

function utf8(bytes: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(bytes, byte => byte.charCodeAt(0)),
    );
  } catch {
    return undefined;
  }
}

function byteString(text: string): string {
  return Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('');
}
