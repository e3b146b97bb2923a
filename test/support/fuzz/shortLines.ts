import { readdir } from 'node:fs/promises';
import { fixedWords, type LineTemplates } from '../../../src/tools/text/lineTemplates.ts';

const tools = new URL('../../../src/tools/', import.meta.url);
// What a parser may take for the beginning or the end of something, and a few that it does not.
const marks = [...'"\'`(){}[]<>|:;,.=-+*/\\?#$%@_^~!& \taAxzZ09\u00a0'];
const strongest = [...'"{}[(<|:-=0x '];

/** Lines of a few characters, of which ten megabytes are millions: each of ASCII's, pairs and triples of those that matter. */
export function shortLines(): readonly string[] {
  const single = Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCharCode(0x20 + at));
  const pairs = marks.flatMap(first => marks.map(second => first + second));
  const triples = strongest.flatMap(a => strongest.flatMap(b => strongest.map(c => a + b + c)));
  return [...single, '\r', '\0', '\u001b', 'é', ...pairs, ...triples];
}

/** The first characters, so many, of each line that a table of templates knows. */
export async function templateBeginnings(lengths: readonly number[]): Promise<readonly string[]> {
  const files = (await readdir(tools)).filter(name => name.endsWith('Templates.ts') && name !== 'lineTemplates.ts');
  const modules = await Promise.all(files.map(async name => (await import(new URL(name, tools).href)) as object));
  const tables = modules.flatMap(module => Object.values(module) as LineTemplates[]);
  const words = tables.flatMap(table => Object.values(table).flat()).map(template => fixedWords(template)[0] ?? '');
  return [...new Set(lengths.flatMap(length => words.map(word => word.slice(0, length))))].filter(text => text !== '');
}
