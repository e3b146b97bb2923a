import { isRelayed, type KernelLine, readKernelLine } from '../messages/kernelLines.ts';
import type { Line } from './lines.ts';
import { type LineTemplates, lineReader, type Said } from './lineTemplates.ts';
import type { ParsedText } from './parsedText.ts';
import type { ToolLine } from './toolLines.ts';
import { takeUsage, type Usage } from './usage.ts';

/** What a tool that lists says where it cannot: in its own words, in the kernel's behind `(kernel) `, or by its usage. */
type FailureLine<Table extends LineTemplates> = ToolLine<Said<Table>> | KernelLine | Usage;

/**
 * Gives the lines in which a tool that lists something says that it could not as records of their own, behind what it listed.
 * `parse` leaves them not understood, so that whoever asks for the list alone gets nothing else.
 */
export function withFailures<T, const Table extends LineTemplates>(
  parse: (text: string) => ParsedText<T>,
  table: Table,
): (text: string) => ParsedText<T | FailureLine<Table>> {
  const read = lineReader(table);
  const readLine = (line: Line): FailureLine<Table> | undefined => {
    if (isRelayed(line.text)) return readKernelLine(line);
    const said = read(line.text);
    return said && { ...said, ...line, by: 'tool' };
  };
  return text => {
    const parsed = parse(text);
    const failures: FailureLine<Table>[] = [];
    const others: Line[] = [];
    let recordLines = parsed.recordLines;
    const lines = parsed.notUnderstood;
    for (let at = 0; at < lines.length; ) {
      const line = lines[at];
      if (line === undefined) break;
      const usage = isLine(line) ? takeUsage(lines, at) : undefined;
      const failure = usage?.block ?? (isLine(line) ? readLine(line) : undefined);
      const taken = usage?.taken ?? 1;
      if (failure === undefined) others.push(line);
      else {
        failures.push(failure);
        recordLines += taken;
      }
      at += taken;
    }
    if (failures.length === 0) return parsed;
    return {
      ...parsed,
      records: [...parsed.records, ...failures],
      recordLines,
      // Remarks are about lines.
      notUnderstood: others.some(isLine) ? others : [],
    };
  };
}

/** A remark on the text has the number 0 and is no line of it. */
function isLine({ line }: Line): boolean {
  return line > 0;
}
