/** What stands on a tool's standard input: bytes, or pieces of them, one behind the other, so that large ones need not be put together. */
export type ToolInput = Uint8Array | readonly Uint8Array[];

/** The bytes one behind the other. */
export function piecesOf(input: ToolInput): readonly Uint8Array[] {
  return input instanceof Uint8Array ? [input] : input;
}

/** How many bytes it is. */
export function lengthOf(input: ToolInput): number {
  return piecesOf(input).reduce((sum, { length }) => sum + length, 0);
}

/** All of it in one piece; not a copy where it is one already. */
export function wholeOf(input: ToolInput): Uint8Array {
  const [only = new Uint8Array(), ...more] = piecesOf(input);
  return more.length === 0 ? only : Buffer.concat(piecesOf(input));
}
