import type { ParsedText } from '../../../src/tools/text/parsedText.ts';
import { processorMs } from './processorMs.ts';

/** The line over and over, `bytes` long. */
export function repeatedLine(line: string, bytes: number): string {
  const whole = `${line}\n`;
  return whole.repeat(Math.ceil(bytes / whole.length));
}

/** How many milliseconds the parser computes for the line over and over. */
export function timeRepeated(parse: (text: string) => ParsedText<unknown>, line: string, bytes: number): number {
  const text = repeatedLine(line, bytes);
  return processorMs(() => parse(text));
}
