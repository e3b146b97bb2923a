import type { ParsedText } from '../../../src/tools/parsedText.ts';

/** The line over and over, `bytes` long. */
export function repeatedLine(line: string, bytes: number): string {
  const whole = `${line}\n`;
  return whole.repeat(Math.ceil(bytes / whole.length));
}

/** How many milliseconds the parser takes for the line over and over. */
export function timeRepeated(parse: (text: string) => ParsedText<unknown>, line: string, bytes: number): number {
  const text = repeatedLine(line, bytes);
  const start = performance.now();
  parse(text);
  return performance.now() - start;
}
