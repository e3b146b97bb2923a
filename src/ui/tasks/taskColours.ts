const red = 31;
const yellow = 33;

/** A line that stands out from what the tools print, by weight and so in every theme. */
export function bold(line: string): string {
  return `\x1b[1m${line}\x1b[22m`;
}

/** What an operation came to: its severities in the terminal's colours, as compilers have them, and the last line bold. */
export function colouredResult(text: string): string {
  const lines = text.split('\n');
  const ending = lines.pop() ?? '';
  return [...lines.map(colouredSeverity), bold(ending)].join('\n');
}

function colouredSeverity(line: string): string {
  return line.replace(
    /^(\S.*?:\d+:\d+: |)(error|warning)(?=: )/,
    (_, place: string, severity: string) => `${place}\x1b[1;${severity === 'error' ? red : yellow}m${severity}\x1b[0m`,
  );
}
