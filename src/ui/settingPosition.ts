import type { SourcePosition } from '../model/sourcePosition.ts';

/** Where a settings file names a setting; undefined where it does not. */
export function settingPosition(text: string, file: string, setting: string): SourcePosition | undefined {
  const key = `"${setting}"`;
  const at = text.indexOf(key);
  if (at < 0) return undefined;
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return { file, line: before.length, column, endColumn: column + key.length };
}
