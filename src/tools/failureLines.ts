import type { Line } from './lines.ts';
import { type LineTemplates, lineReader, type Said } from './lineTemplates.ts';
import type { ParsedText } from './parsedText.ts';
import type { ToolLine } from './toolLines.ts';

/**
 * Gives the lines in which a tool that lists something says that it could not as records of their own, behind what it listed.
 * `parse` leaves them not understood, so that whoever asks for the list alone gets nothing else.
 */
export function withFailures<T, const Table extends LineTemplates>(
  parse: (text: string) => ParsedText<T>,
  table: Table,
): (text: string) => ParsedText<T | ToolLine<Said<Table>>> {
  const read = lineReader(table);
  return text => {
    const parsed = parse(text);
    const failures = parsed.notUnderstood.flatMap((line): readonly ToolLine<Said<Table>>[] => {
      const said = isLine(line) ? read(line.text) : undefined;
      return said === undefined ? [] : [{ ...said, ...line, by: 'tool' }];
    });
    if (failures.length === 0) return parsed;
    const known = new Set(failures.map(({ line }) => line));
    const others = parsed.notUnderstood.filter(({ line }) => !known.has(line));
    return {
      ...parsed,
      records: [...parsed.records, ...failures],
      recordLines: parsed.recordLines + failures.length,
      // Remarks are about lines.
      notUnderstood: others.some(isLine) ? others : [],
    };
  };
}

/** A remark on the text has the number 0 and is no line of it. */
function isLine({ line }: Line): boolean {
  return line > 0;
}
