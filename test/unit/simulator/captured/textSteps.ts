/** What people, and systems that the Simulated Mac is not, do to a text that it prints otherwise byte by byte. */
export const textSteps = {
  // Systems.
  'no UUID before 10.11': text => text.replaceAll(' no UUID', '').replace('(Version) UUID', '(Version)'),
  'a narrower address of 32 bits': text => text.replace(/(Address {4}|0x[0-9a-f]{8} ) {8}(?=Size|0x)/g, '$1'),
  // kextShim prints it, and then what kmutil does.
  'what the shim runs': text => text.replace(/^Executing: .*\n/m, ''),
  'data and sets, read as lists': text =>
    text.replace(/<("[^<>]*")>|\[("[^[\]]*")\]/g, (_, data, set) => `(${data ?? set})`),
  hexadecimals: text => text.replace(/\b0x[0-9a-f]+(?=[,)])/g, digits => String(Number(digits))),
  'an unreadable count': text => text.replace(/, \w+ = \?\?.*$/m, ''),
  // People.
  'lines left out': text => text.replace(/^\s*….$\n/gm, ''),
  'no header': text => text.replace(/^Index Refs.*\n/m, ''),
  'no blanks at the start': text => text.replace(/^ +/gm, ''),
  'blanks at the end': text => text.replace(/ +$/gm, ''),
  'other blanks': text => text.replace(/[^\S\n]+/g, ' '),
  'another order': text => text.split('\n').toSorted().join('\n'),
  'a masked number': text => text.replace(/ = 0+$/gm, ' = 0'),
  'no retain count': text => text.replace(/, retain \d+>/g, '>'),
  'no blank lines': text => text.replace(/^\s*\n/gm, ''),
  'lines wrapped': text => text.replace(/(, ?)\n ?(?=\S)/g, (_, comma) => comma.padEnd(2)),
  'objects alone': text => text.replace(/^(?!.*\+-o ).*\n/gm, ''),
  'an excerpt of a tree': fromFirstObject,
  'siblings left out': text => text.replace(/^[| ]+(?=\+-o )/gm, bars => bars.replaceAll('|', ' ')),
} as const satisfies Readonly<Record<string, (text: string) => string>>;

export type TextStep = keyof typeof textSteps;

/** The text after all of those. */
export function altered(text: string, steps: readonly TextStep[]): string {
  return steps.reduce((before, step) => textSteps[step](before), text);
}

function fromFirstObject(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex(line => line.includes('+-o '));
  const indent = lines[first]?.indexOf('+-o ') ?? 0;
  return lines
    .slice(Math.max(first, 0))
    .map(line => line.slice(indent))
    .join('\n');
}
