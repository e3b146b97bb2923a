/** The words of `kext.build.command`; none where it is not set. Anything but a list of words, the first a program, is refused. */
export function readBuildCommand(value: unknown): readonly string[] | { readonly problem: string } {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(word => typeof word === 'string') && value[0]?.trim() !== '') return value;
  const written = JSON.stringify(value);
  const wanted = JSON.stringify(wordsOf(value)).replaceAll('","', '", "');
  return { problem: `kext.build.command is ${written}: write the program and its arguments as a list, ${wanted}.` };
}

/** What was meant, word by word. A shell is never asked, so quotes are the only thing that joins words. */
function wordsOf(value: unknown): readonly string[] {
  if (Array.isArray(value) && `${value[0]}`.trim() !== '') return value.map(String);
  const words = typeof value === 'string' ? (value.match(/"[^"]*"|'[^']*'|\S+/g) ?? []) : [];
  return words.length === 0 ? ['make', '-j4'] : words.map(word => word.replace(/^(["'])(.*)\1$/, '$2'));
}
