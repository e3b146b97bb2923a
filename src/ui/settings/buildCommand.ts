import { isProgramCall } from '../../operations/project/programCall.ts';

/** The words of `kext.build.command`; none where it is not set. Anything but a list of words, the first a program, is refused. */
export function readBuildCommand(value: unknown): readonly string[] | { readonly problem: string } {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return [];
  if (isProgramCall(value)) return value;
  const written = JSON.stringify(value);
  const wanted = JSON.stringify(wordsOf(value)).replaceAll('","', '", "');
  return { problem: `kext.build.command is ${written}: write the program and its arguments as a list, ${wanted}.` };
}

/** What was meant, word by word; an example where that names no program. */
function wordsOf(value: unknown): readonly string[] {
  const words = Array.isArray(value) ? value.map(String) : wordsIn(value);
  return isProgramCall(words) ? words : ['make', '-j4'];
}

/** A shell is never asked, so quotes are the only thing that joins words. */
function wordsIn(text: unknown): readonly string[] {
  const words = typeof text === 'string' ? (text.match(/"[^"]*"|'[^']*'|\S+/g) ?? []) : [];
  return words.map(word => word.replace(/^(["'])(.*)\1$/, '$2'));
}
