import type { Explained } from '../diagnosis/catalogue/explained.ts';

/** The matches for people, an empty line between them: what the message is, what it means, what to do, and where. */
export function explainedText(found: readonly Explained[]): string {
  return found.map(matchText).join('\n\n');
}

/** The example stands for what a code cannot say: a message is before the reader's eyes. */
function matchText({ row, general, oneCase, fields, cause, remedy, where, code, page }: Explained): string {
  const example = Object.keys(fields).length === 0 ? row.example.split('\n') : [];
  const place = oneCase ? ', one of the cases of this code' : general ? ', more general' : '';
  const title = `${row.id} (${row.component}, ${row.severity})${place}`;
  const codes = code === undefined ? [] : [[code.hex, code.decimal, code.symbol, code.text]];
  return [
    title,
    ...example.map(line => `    ${line}`),
    ...codes.map(parts => `  Code: ${parts.filter(part => part !== undefined).join('  ')}`),
    ...(row.status === undefined ? [] : [`  Status: ${row.status}`]),
    `  Means: ${cause}`,
    `  To do: ${remedy}`,
    `  Where: ${where}`,
    ...(page === undefined ? [] : [`  Page: ${page.file}`]),
  ].join('\n');
}
