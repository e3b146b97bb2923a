import type { SourcePosition } from '../model/sourcePosition.ts';

/** The place of `length` characters at `offset` of a file's text. */
export function positionOf(
  source: { readonly file: string; readonly text: string },
  offset: number,
  length: number,
): SourcePosition {
  const lineStart = source.text.lastIndexOf('\n', offset - 1) + 1;
  let line = 1;
  for (let at = source.text.indexOf('\n'); at !== -1 && at < offset; at = source.text.indexOf('\n', at + 1)) line += 1;
  const column = offset - lineStart + 1;
  return { file: source.file, line, column, endColumn: column + length };
}
