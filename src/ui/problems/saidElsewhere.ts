import type { Diagnosis } from '../../diagnosis/diagnosis.ts';

/** What another extension says of a line, counted from 1. */
export interface Said {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/**
 * A build's findings without those that a language server already shows: the same text on the same line. clangd writes
 * clang's messages with a capital, without the flag, and with what follows in brackets or on lines below.
 */
export function notSaidElsewhere(findings: readonly Diagnosis[], said: readonly Said[]): readonly Diagnosis[] {
  const known = new Set(said.map(({ file, line, message }) => keyOf(file, line, message)));
  return findings.filter(
    ({ about, anchor, message }) =>
      about !== 'build' || anchor === undefined || !known.has(keyOf(anchor.file, anchor.line, message)),
  );
}

function keyOf(file: string, line: number, message: string): string {
  return JSON.stringify([file, line, plain(message)]);
}

/** The text that clang and clangd have in common. */
function plain(message: string): string {
  const [first = ''] = message.split('\n');
  const bare = first
    .replace(/ \[-[^\]]+\]$/, '')
    .replace(/ \(fix(?:es)? available\)$/, '')
    .replace(/\.$/, '');
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}
