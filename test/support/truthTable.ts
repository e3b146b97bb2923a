import { captureProgram } from '../../src/tools/captures/captureTool.ts';

/** The systems that a kext may be developed for, the oldest first. */
export const systemsOfInterest: readonly string[] = [
  ...['10.6', '10.7', '10.8', '10.9', '10.10', '10.11', '10.12', '10.13', '10.14', '10.15'],
  ...['11', '12', '13', '14', '15', '26'],
];

/** How a call was seen on a system, the best first. */
export const truths = ['recorded', 'rebuilt', 'simulated', 'never'] as const;
export type Truth = (typeof truths)[number];

/** A call of a tool, by what was typed. */
export interface SeenCall {
  /** The program, or the parser's name that stands for it: `ioreg-archive`. */
  readonly tool: string;
  readonly argv: readonly string[];
}

/** A capture as far as it is evidence. */
export interface Evidence extends SeenCall {
  /** `10.14.5 (18F132)`, `11-12`, `10.14/10.15`, `none: Debian` */
  readonly macos: string;
  readonly origin: Exclude<Truth, 'never'>;
}

/** A call of the product and how it was seen, system by system. */
export interface TruthRow {
  readonly call: string;
  readonly seen: readonly Truth[];
}

/** How every call of the product was seen on every system. `simulated`: the systems that the Simulated Mac can be. */
export function truthTable(
  calls: readonly SeenCall[],
  evidence: readonly Evidence[],
  simulated: readonly string[],
): readonly TruthRow[] {
  const known = evidence.map(each => ({ ...each, call: callName(each), systems: systemsIn(each.macos) }));
  return [...new Set(calls.map(callName))].map(call => {
    const own = known.filter(each => each.call === call);
    const seen = systemsOfInterest.map(system => {
      const there = own.filter(({ systems }) => systems.includes(system)).map(({ origin }) => origin);
      const all: readonly Truth[] = [...there, simulated.includes(system) ? 'simulated' : 'never'];
      return truths.find(truth => all.includes(truth)) ?? 'never';
    });
    return { call, seen };
  });
}

/** The tool with its subcommand and its options: what it is asked about is left out, for it changes nothing in the layout. */
export function callName({ tool, argv }: SeenCall): string {
  const program = captureProgram(tool);
  const options = argv.filter((word, at) => word.startsWith('-') || (at === 0 && isSubcommand(program)));
  const named = program === 'sysctl' ? argv.filter(word => word.includes('.')) : [];
  const more = program === 'ioclasscount' && argv.length > 0 ? ['CLASS…'] : [];
  return [program, ...new Set(options.toSorted()), ...named, ...more].join(' ');
}

function isSubcommand(program: string): boolean {
  return ['kmutil', 'log', 'csrutil'].includes(program);
}

/** The systems of interest that a description means. */
export function systemsIn(macos: string): readonly string[] {
  const [from, to] = /(\d+(?:\.\d+)*)\s*-\s*(\d+(?:\.\d+)*)/.exec(macos)?.slice(1).map(systemOf) ?? [];
  const [first, last] = [systemsOfInterest.indexOf(from ?? ''), systemsOfInterest.indexOf(to ?? '')];
  if (first >= 0 && last > first) return systemsOfInterest.slice(first, last + 1);
  const [described = ''] = macos.startsWith('none') ? [] : macos.split('(');
  const named = [...described.matchAll(/\d+(?:\.\d+)*/g)].map(([version]) => systemOf(version));
  return systemsOfInterest.filter(system => named.includes(system));
}

/** `10.14` of 10.14.5, `13` of 13.6. */
function systemOf(version: string): string {
  const [major = '', minor] = version.split('.');
  return major === '10' && minor !== undefined ? `${major}.${minor}` : major;
}

const marks: Readonly<Record<Truth, string>> = { recorded: 'R', rebuilt: 'b', simulated: 's', never: '·' };

/** The table as text, with what was never seen for real at its end. */
export function truthText(rows: readonly TruthRow[]): string {
  const width = Math.max(0, ...rows.map(({ call }) => call.length));
  const cells = (of: readonly string[]) =>
    of.map((cell, at) => cell.padStart(systemsOfInterest[at]?.length ?? 0)).join(' ');
  const missing = rows.map(({ call, seen }) => ({
    call,
    never: systemsOfInterest.filter((_, at) => seen[at] !== 'recorded'),
  }));
  const open = missing.filter(({ never }) => never.length > 0);
  return [
    `${''.padEnd(width)}  ${cells(systemsOfInterest)}`,
    ...rows.map(({ call, seen }) => `${call.padEnd(width)}  ${cells(seen.map(truth => marks[truth]))}`),
    '',
    'R recorded on a Mac, b rebuilt from a format, s simulated, · never',
    '',
    'Never seen for real:',
    ...open.map(
      ({ call, never }) =>
        `  ${call}: ${never.length === systemsOfInterest.length ? 'on no system' : never.join(', ')}`,
    ),
  ].join('\n');
}
