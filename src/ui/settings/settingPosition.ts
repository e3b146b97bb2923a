import type { SourcePosition } from '../../model/sourcePosition.ts';

/** A text or a comment of JSON as VS Code has it; one that does not end is one as far as it goes. */
const token = /"(?:\\.|[^"\\\n])*"?|\/\/[^\n]*|\/\*.*?(?:\*\/|$)/gs;

/** Where a settings file gives a setting its value: the last place counts, and none in a comment. undefined where it does not. */
export function settingPosition(text: string, file: string, setting: string): SourcePosition | undefined {
  const key = JSON.stringify(setting);
  const isKey = ({ 0: found, index }: RegExpExecArray) => found === key && /^\s*:/.test(text.slice(index + key.length));
  const last = [...text.matchAll(token)].findLast(isKey);
  if (last === undefined) return undefined;
  const before = text.slice(0, last.index).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return { file, line: before.length, column, endColumn: column + key.length };
}
