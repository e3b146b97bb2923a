/** The bytes as one character each, which is how atob and btoa have them; undefined where it is no base64. */
export function decoded(base64: string): string | undefined {
  try {
    return atob(base64.replace(/\s+/g, ''));
  } catch {
    return undefined;
  }
}

/** The bytes as base64 in the layout of `like`, whose blanks and line ends stay where they are. */
export function encodedLike(bytes: string, like: string): string {
  const base64 = btoa(bytes);
  let at = 0;
  return like.replace(/\S/g, () => {
    at += 1;
    return base64.charAt(at - 1);
  });
}

/** Hexadecimal digits as bytes, one character each. */
export function fromHex(hex: string): string {
  return (hex.match(/../g) ?? []).map(pair => String.fromCharCode(Number.parseInt(pair, 16))).join('');
}

/** Bytes, one character each, as hexadecimal digits. */
export function toHex(bytes: string): string {
  return Array.from(bytes, byte => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
