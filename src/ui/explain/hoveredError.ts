import { explain } from '../../diagnosis/catalogue/explain.ts';
import type { Explained } from '../../diagnosis/catalogue/explained.ts';

/** What is known of the text under the pointer, and which part of the line that is; columns count from 0. */
export interface HoveredError {
  readonly found: readonly Explained[];
  readonly start: number;
  readonly end: number;
}

// No message of a kext tool is longer.
const longest = 4096;
const codes =
  /\b0x(?:f{8}|0{8})?[0-9a-f]{1,8}\b|(?<![\w.-])-(?:\d{9,10}|67\d{3})\b|(?<![\w.-])3(?:69|75)\d{7}\b|\berrSecCS\w+|\bk(?:OS|IO)\w+|\bKERN_FAILURE\b/gi;

/** The code under the pointer, else the message of the line; undefined where nothing is known of either. */
export function hoveredError(line: string, column: number): HoveredError | undefined {
  if (line.length > longest) return undefined;
  for (const { 0: word, index } of line.matchAll(codes)) {
    const found = column >= index && column <= index + word.length ? explain(word) : [];
    if (found.some(({ page }) => page !== undefined)) return { found, start: index, end: index + word.length };
  }
  const found = explain(endedCall(line) ?? line);
  const start = line.length - line.trimStart().length;
  return found.length === 0 ? undefined : { found, start, end: line.trimEnd().length };
}

/** The log has each call with how it ended: `the Mac$ sudo kextunload -b org.sample.driver.Pump  (exited with 3, 12 ms)` */
function endedCall(line: string): string | undefined {
  const [, tool, status] = /\$ (?:sudo )?\S*?\b(kext\w+|kmutil) .*\(exited with ([1-9]\d*), \d+ ms\)$/.exec(line) ?? [];
  return tool === undefined ? undefined : `${tool} exit ${status}`;
}
