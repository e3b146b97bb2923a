/**
 * A text as a terminal may show it: what names and tools bring along that would act on the terminal, or turn the direction of the line
 * round, stands there as it is written in C, `\x1b` or `\u202e`. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, asWritten);
}

function asWritten(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
