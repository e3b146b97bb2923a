/** The lines around the one place where two texts differ, marked `-` and `+` as diff(1) does, with `context` lines around. */
export function editedLines(before: string, after: string, context: number): readonly string[] {
  const [old, edited] = [before.split('\n'), after.split('\n')];
  const start = old.findIndex((line, at) => line !== edited[at]);
  const sameEnd = (end: number) => old[old.length - 1 - end] === edited[edited.length - 1 - end];
  let end = 0;
  while (end < Math.min(old.length, edited.length) - start && sameEnd(end)) end += 1;
  return [
    ...old.slice(Math.max(0, start - context), start).map(line => `  ${line}`),
    ...old.slice(start, old.length - end).map(line => `- ${line}`),
    ...edited.slice(start, edited.length - end).map(line => `+ ${line}`),
    ...old.slice(old.length - end, old.length - end + context).map(line => `  ${line}`),
  ].map(line => line.trimEnd());
}
