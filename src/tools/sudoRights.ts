/**
 * sudo(8) with -n -l: what it lets the user do, without a question. Accepted, with settings before it where there are any:
 *   User john may run the following commands on test-mac:
 *       (ALL) NOPASSWD: ALL
 * and on standard error, where it does not say:
 *   sudo: a password is required
 *   sudo: sorry, you must have a tty to run sudo
 *   Sorry, user john may not run sudo on test-mac.
 *   john is not in the sudoers file.  This incident will be reported.
 */
import { allText, requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseBlocks } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** What sudo says of a user. */
export type SudoRights =
  | { readonly kind: 'asksForPassword' | 'notInSudoers' | 'wantsTerminal' }
  | { readonly kind: 'allowed'; readonly commands: readonly SudoCommand[] };

/** One command that the user may run as another one. */
export interface SudoCommand {
  /** `(ALL) NOPASSWD` */
  readonly as: string;
  /** `ALL`, or a path with its arguments. */
  readonly command: string;
  readonly password: boolean;
}

const expected = 'the commands that the user may run, or why not';

/** Asks what sudo lets the user do; it asks for no password, and runs nothing. */
export function sudoRights(): ToolCommand<SudoRights> {
  return {
    tool: 'sudo',
    argv: ['-n', '-l'],
    asRoot: false,
    timeoutMs: 20_000,
    parse: output => {
      requireWholeAnswer('sudo', expected, output);
      const { records } = parseSudoRights(allText(output));
      const [rights] = records.toSorted((a, b) => Number(b.kind === 'allowed') - Number(a.kind === 'allowed'));
      if (rights === undefined) throw new UnknownToolText('sudo', expected, output);
      return rights;
    },
  };
}

/** What sudo printed. */
export function parseSudoRights(text: string): ParsedText<SudoRights> {
  return parseBlocks(text, takeRights, isNoise);
}

function takeRights(lines: readonly Line[], at: number) {
  const first = lines[at]?.text ?? '';
  const refused = refusals.find(([form]) => form.test(first));
  if (refused !== undefined) return { records: [{ kind: refused[1] } as SudoRights], taken: 1 };
  const settings = /^Matching Defaults entries for \S+ on .*:$/.test(first);
  if (!settings && !/^User \S+ may run the following commands on .*:$/.test(first)) return undefined;
  const rows = indentedBehind(lines, at);
  if (settings) return { records: [], taken: 1 + rows.length, notices: [first, ...rows] };
  return { records: [{ kind: 'allowed', commands: rows.flatMap(commandsIn) } as const], taken: 1 + rows.length };
}

const refusals: readonly (readonly [form: RegExp, kind: SudoRights['kind']])[] = [
  [
    /^sudo: (?:(?:sorry, )?a password is required|a terminal is required to read .*|no tty present and no askpass .*)$/,
    'asksForPassword',
  ],
  [/^sudo: sorry, you must have a tty to run sudo$/, 'wantsTerminal'],
  [/^Sorry, user \S+ may not run sudo on .*\.$/, 'notInSudoers'],
  [/^\S+ is not in the sudoers file\./, 'notInSudoers'],
];

function indentedBehind(lines: readonly Line[], at: number): readonly string[] {
  const rows: string[] = [];
  for (let next = lines[at + 1]; next !== undefined && /^\s/.test(next.text); next = lines[at + 1 + rows.length])
    rows.push(next.text);
  return rows;
}

/** `    (root) NOPASSWD: /sbin/kextload, PASSWD: /bin/rm`: what is said of a password holds until it is said otherwise. */
function commandsIn(row: string): readonly SudoCommand[] {
  const [, user = '', commands = ''] = /^\s*(\([^)]*\))?\s*(.*)$/.exec(row) ?? [];
  let password = true;
  return commands.split(/, (?=\/|ALL\b|!|sudoedit\b|[A-Z_]+: )/).map(each => {
    const [, tags = '', command = ''] = /^((?:[A-Z_]+: ?)*)(.*)$/.exec(each) ?? [];
    if (/\bPASSWD:/.test(tags)) password = true;
    if (/\bNOPASSWD:/.test(tags)) password = false;
    return { as: `${user} ${tags.trim().replace(/:$/, '')}`.trim(), command: command.trim(), password };
  });
}
