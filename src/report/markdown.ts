/** The text as a block of its own that no line of it ends. */
export function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** The text as it stands, within a line. */
export function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const gap = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${text}${gap}${fence}`;
}

/** The text within a line, with no sign that Markdown would take for its own: names of processes and classes come from elsewhere. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\*_<>[\]`#|~&]/g, '\\$&').replaceAll(/\s*\n\s*/g, ' ');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
