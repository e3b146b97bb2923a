/**
 * What goes over the connection to another machine: one line of POSIX shell that runs tools one after another and tells the
 * ends of their outputs by a mark that nobody there can guess. The user's own shell there, whichever it is, reads
 * `remoteShell` alone, which holds nothing but plain words and one text in single quotes; everything else is data on
 * standard input, which no command line and no list of processes shows.
 *
 * Standard input is also the leash: it stays open until the tools have ended. When it closes before (the connection
 * broke, this program was killed, somebody cancelled), the far side ends the process group that it started.
 */
import type { ToolCommand } from './toolCommand.ts';

/** The command that the far side's login shell runs (sh, bash, zsh, csh, fish): /bin/sh reads one line, and does as it says. */
export const remoteShell = `exec /usr/bin/env LC_ALL=C /bin/sh -c 'IFS= read -r _script && eval "$_script"'`;

/** One word to a POSIX shell, whatever it holds but NUL; on one line, where the shell's variable `_line` is a line's end. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''").replaceAll('\n', `'"$_line"'`)}'`;
}

/** What stands behind the mark, in the outputs that come back. */
export const markWords = {
  /** On standard output: the far side does as it was told. */
  ready: 'r',
  /** On both: a tool's own output begins. */
  begins: 'b',
  /** On both: it ended; on standard output with the exit status, and the signal where it was one. */
  ends: 'e',
  /** On standard output, inside a tool's: why it was not started. */
  noFolder: 'f',
  missing: 'm',
  notExecutable: 'x',
} as const;

/**
 * The bytes that are sent for these commands: the line, and the inputs of those that have one. A shell tells a death by the
 * signal n as the exit status 128 + n, and so does this, by the far side's own name of the signal. `mark`: letters and
 * digits. What cannot be passed is to be left out before: see `notPassed`.
 */
export function remoteScript(commands: readonly ToolCommand<unknown>[], mark: string): Uint8Array {
  const inputs = commands.flatMap(({ input }, at) => (input === undefined ? [] : [{ input, file: `_input${at}` }]));
  const files = inputs.map(({ file }) => `"$${file}"`).join(' ');
  const line = [
    ...beginning(mark),
    ...inputs.map(({ input, file }) => readInput(input.length, file)),
    leash(files === '' ? [] : [`rm -f ${files}`]),
    ...commands.map(runTool),
    'kill -KILL "$_leash"',
    'exit 0',
  ].join('; ');
  return joined([new TextEncoder().encode(`${line}\n`), ...inputs.map(({ input }) => input)]);
}

/** Why the command cannot be passed to a far shell, as a half sentence; undefined where it can. */
export function notPassed({ tool, argv, folder, environment = {} }: ToolCommand<unknown>): string | undefined {
  const bad = Object.keys(environment).find(name => !/^[A-Za-z_]\w*$/.test(name));
  if (bad !== undefined) return `${JSON.stringify(bad)} is no name of a variable`;
  if (tool === '' || tool.startsWith('-')) return `${JSON.stringify(tool)} is no name of a program`;
  if (folder !== undefined && !folder.startsWith('/')) return `${JSON.stringify(folder)} is no absolute path`;
  const holdsNul = [tool, ...argv, folder ?? '', ...Object.values(environment)].some(text => text.includes('\0'));
  return holdsNul ? 'no program takes a NUL character' : undefined;
}

// macOS keeps kextstat in /usr/sbin and kextload in /sbin, which not every shell's PATH names.
const folders = '/usr/bin:/bin:/usr/sbin:/sbin';

/** What the shell itself has to say is nobody's output: the tools have file 4 as their standard error. */
function beginning(mark: string): readonly string[] {
  return [
    `_mark=${mark}`,
    "_line=$(printf '\\nn')",
    `_line=\${_line%n}`,
    `PATH="$PATH:${folders}"`,
    'export PATH',
    'exec 3<&0 4>&2 </dev/null 2>/dev/null',
    'umask 077',
    there,
    say(markWords.ready),
  ];
}

const say = (word: string) => `printf '%s' "\${_mark}${word};"`;

/** Tells by its status whether a program is there: 0, 1 for missing, 2 for one that may not be executed. */
const there =
  '_there() { _is=1; case $1 in */*) _look "$1";; *) set -f; IFS=:; ' +
  'for _each in $PATH; do [ $_is = 0 ] || _look "$_each/$1"; done;; esac; return $_is; }; ' +
  '_look() { [ -e "$1" ] || return; if [ -x "$1" ] && [ ! -d "$1" ]; then _is=0; else _is=2; fi; }';

/** Byte by byte, because what follows belongs to somebody else; half an input is none. */
function readInput(bytes: number, file: string): string {
  return [
    `${file}=$(mktemp "\${TMPDIR:-/tmp}/kext-dev.XXXXXXXX") || exit 1`,
    `dd ibs=1 obs=65536 count=${bytes} <&3 >"$${file}"`,
    `[ $(wc -c <"$${file}") = ${bytes} ] || { rm -f "$${file}"; exit 1; }`,
  ].join('; ');
}

/** Waits for the end of standard input beside the tools, and ends them with all that they started, itself last. */
function leash(last: readonly string[]): string {
  const steps = ["trap '' TERM HUP PIPE", 'read -r _end <&3', ...last, 'kill -TERM -$$', 'sleep 2', 'kill -KILL -$$'];
  return `{ ${steps.join('; ')}; } >/dev/null 4>&- & _leash=$!`;
}

function runTool(command: ToolCommand<unknown>, at: number): string {
  const { tool, input, folder, environment = {} } = command;
  const because = (word: string) => `{ ${say(word)}; exit 0; }`;
  const steps = [
    ...(input === undefined ? [] : [`exec <"$_input${at}"`, `rm -f "$_input${at}"`]),
    ...(folder === undefined ? [] : [`cd ${shellWord(folder)} || ${because(markWords.noFolder)}`]),
    ...(environment.PATH === undefined ? [] : [`PATH=${shellWord(environment.PATH)}`]),
    `_there ${shellWord(tool)}`,
    `case $? in 1) ${say(markWords.missing)}; exit 0;; 2) ${say(markWords.notExecutable)}; exit 0;; esac`,
    'exec 2>&4 3<&- 4>&-',
    `exec ${programAndArguments(command)}`,
  ];
  return [
    say(markWords.begins),
    `${say(markWords.begins)} >&4`,
    `(${steps.join('; ')})`,
    '_status=$?',
    '_signal=',
    '[ $_status -gt 128 ] && [ $_status -lt 160 ] && _signal=$(kill -l $((_status - 128)))',
    `printf '%s' "\${_mark}${markWords.ends}$_status:$_signal;"`,
    `${say(markWords.ends)} >&4`,
  ].join('; ');
}

/** Variables go through env(1), which takes any name; a shell has names of its own that it lets nobody change. */
function programAndArguments({ tool, argv, environment = {} }: ToolCommand<unknown>): string {
  const words = [tool, ...argv].map(shellWord).join(' ');
  const variables = Object.entries(environment).map(([name, value]) => shellWord(`${name}=${value}`));
  return variables.length === 0 ? words : `/usr/bin/env ${variables.join(' ')} /bin/sh -c 'exec "$0" "$@"' ${words}`;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
