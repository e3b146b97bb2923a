/**
 * What goes over the connection to another machine: one line of POSIX shell that runs tools one after another and tells the
 * ends of their outputs by a mark that nobody there can guess. The user's own shell there, whichever it is, reads
 * `remoteShell` alone, which holds nothing but plain words and one text in single quotes; everything else is data on
 * standard input, which no command line and no list of processes shows. A tool that needs root on this machine is run by the
 * same script, in a shell of its own.
 *
 * Standard input is also the leash: it stays open until the tools have ended. When it closes before (the connection
 * broke, this program was killed, somebody cancelled), the far side ends the process group that it started, but lets what runs as
 * root come to its end before: half of that would be worse.
 *
 * Where sudo needs a password, and somebody is there to be asked, its askpass program (sudo(8), -A) says so by a word, and the
 * answer is a line on standard input (`answerLine`): it is held by shells and a pipe of the user's alone, and is never an
 * argument, a variable of the environment, or a file's content.
 */
import type { ToolCommand } from '../port/toolCommand.ts';
import { lengthOf, piecesOf, type ToolInput } from '../port/toolInput.ts';

/** The command that the far side's login shell runs (sh, bash, zsh, csh, fish): /bin/sh reads one line, and does as it says. */
export const remoteShell = `exec /usr/bin/env LC_ALL=C /bin/sh -c 'IFS= read -r _script && eval "$_script"'`;

/** Program and arguments by which the same script runs on this machine. */
export const localShellProgram = { tool: '/bin/sh', argv: ['-c', 'IFS= read -r _script && eval "$_script"'] } as const;

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
  /** On standard output, behind the last tool: another script may come. */
  next: 'n',
  /** On standard output, before the first tool: no temporary file can be written. */
  noRoom: 't',
  /** On standard output, inside a tool's that runs as root: the process that it runs by, `s4711`. */
  process: 's',
  /** On standard error, inside a tool's: sudo asks for the user's password. */
  asks: 'p',
  /** On standard output, inside a tool's: why it was not started. */
  noFolder: 'f',
  missing: 'm',
  noSudo: 'd',
  notExecutable: 'x',
} as const;

/** What is sent when sudo asks: the password, or that nobody gives one. A password has no end of a line and no NUL in it. */
export function answerLine(password: string | undefined): string {
  return password === undefined ? '-\n' : `+${password}\n`;
}

/** How a script goes. */
export interface ScriptManner {
  /** Somebody is there whom sudo may ask. */
  readonly answers: boolean;
  /** Behind the last tool the shell reads another script, until its input ends, or nothing stands in one. */
  readonly goesOn?: boolean;
  /** It is not the first one of its shell. */
  readonly follows?: boolean;
}

/** Ends a shell that waits for another script. */
export const noScript = '\n';

/**
 * The bytes that are sent for these commands: the line, and the inputs of those that have one. A shell tells a death by the
 * signal n as the exit status 128 + n, and so does this, by the far side's own name of the signal. `mark`: letters and
 * digits. What cannot be passed is to be left out before: see `notPassed`.
 */
export function remoteScript(
  commands: readonly ToolCommand<unknown>[],
  mark: string,
  { answers, goesOn = false, follows = false }: ScriptManner = { answers: false },
): readonly Uint8Array[] {
  const inputs = commands.flatMap(({ input }, at) => (input === undefined ? [] : [{ input, at }]));
  const asRoot = commands.some(command => command.asRoot);
  const asks = asRoot && answers;
  const keeps = asRoot || inputs.length > 0;
  const [first, ...others] = commands;
  const streamed = streamedInput(commands);
  const line = [
    `_mark=${mark}`,
    ...(follows ? [] : beginning),
    say(markWords.ready),
    ...(keeps ? [ownFolder] : []),
    ...(asRoot ? ['[ -n "$_uid" ] || _uid=$(PATH=$_path; id -u)', "trap '' HUP PIPE", nothingRuns] : []),
    ...(asks ? askpass : []),
    ...(first === undefined || streamed === undefined
      ? inputs.map(({ input, at }, turn) => readInput(lengthOf(input), inputFile(at), turn === inputs.length - 1))
      : [streamInput(lengthOf(streamed)), runTool(first, { from: 'exec <&6 6<&-', asks: false }), drained]),
    leash({ asRoot, asks }),
    ...(streamed === undefined ? commands : others).map((command, at) =>
      runTool(command, { from: `exec <${inputFile(at)}; rm -f ${inputFile(at)}`, asks }),
    ),
    'kill -KILL "$_leash"',
    ...(goesOn ? nextScript : []),
    tidy,
    'exit 0',
  ].join('; ');
  return [new TextEncoder().encode(`${line}\n`), ...inputs.flatMap(({ input }) => piecesOf(input))];
}

/** The input that goes to its tool as it comes; undefined where none does. */
export function streamedInput([first, ...others]: readonly ToolCommand<unknown>[]): ToolInput | undefined {
  return first?.streams === true && others.every(({ input }) => input === undefined) ? first.input : undefined;
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

const say = (word: string) => `printf '%s' "\${_mark}${word};"`;

/** Tells by its status whether a program is there: 0, 1 for missing, 2 for one that may not be executed. */
const there =
  '_there() { _is=1; case $1 in */*) _look "$1";; *) set -f; IFS=:; ' +
  'for _each in $PATH; do [ $_is = 0 ] || _look "$_each/$1"; done;; esac; return $_is; }; ' +
  '_look() { [ -e "$1" ] || return; if [ -x "$1" ] && [ ! -d "$1" ]; then _is=0; else _is=2; fi; }';

/** What the shell itself has to say is nobody's output: the tools have file 4 as their standard error. */
const beginning = [
  "_line=$(printf '\\nn')",
  `_line=\${_line%n}`,
  // The script's own programs are the system's, whatever comes first on the user's PATH; the tools are the user's.
  `_path="$PATH:${folders}"`,
  `PATH=${folders}`,
  'export PATH',
  'exec 3<&0 4>&2 </dev/null 2>/dev/null',
  'umask 077',
  // What a script has found out holds for those that follow it.
  '_own= _uid=',
  there,
];

/** Nothing is left of what could not be made; whoever is gone hears nothing of it. */
const noRoom = `{ rm -rf "$_own"; ${say(markWords.noRoom)}; exit 1; }`;

/** The folder of this shell alone: the inputs, and what has to be known of root's tools. */
const ownFolder = `[ -n "$_own" ] || _own=$(mktemp -d "\${TMPDIR:-/tmp}/kext-dev.XXXXXXXX") || ${noRoom}`;

const tidy = '[ -z "$_own" ] || rm -rf "$_own"';

/** Whether a tool runs as root stands in a file of one letter, which is written over: that needs no program, and no room on the disk. */
const runs = (letter: string) => `printf ${letter} 1<>"$_own/runs"`;
const nothingRuns = `${runs('n')} || ${noRoom}`;
const untilNothingRuns = `while read -r _runs <"$_own/runs"; [ "$_runs" = r ] && kill -0 $$; do sleep 1; done`;

const inputFile = (at: number) => `"$_own/input${at}"`;

/**
 * Byte by byte, because what follows belongs to somebody else; behind the last input there is nothing yet, so that it may be read
 * in large pieces. Half an input is none.
 */
function readInput(bytes: number, file: string, isLast: boolean): string {
  return [
    `${isLast ? `head -c ${bytes}` : `dd ibs=1 obs=65536 count=${bytes}`} <&3 >${file}`,
    `[ $(wc -c <${file}) = ${bytes} ] || ${noRoom}`,
  ].join('; ');
}

/**
 * Nobody but the tool waits for the end of standard input then: of a connection that breaks it reads the end, and comes to its own. Nor
 * can an answer reach sudo, which is not asked.
 */
function streamInput(bytes: number): string {
  return [
    `[ -p "$_own/stream" ] || mkfifo "$_own/stream" || ${noRoom}`,
    `head -c ${bytes} <&3 >"$_own/stream" & exec 6<"$_own/stream"`,
  ].join('; ');
}

/** What the tool has left of its input is not what comes behind it. */
const drained = 'cat <&6 >/dev/null; exec 6<&-';

/**
 * The program that sudo gets passwords from, and the pipe by which they come to it. Its name is all that is in sudo's
 * environment, and what it writes goes to sudo alone; the mark is in the program, which only the user can read.
 */
const askpass = [
  `[ -p "$_own/answer" ] || mkfifo "$_own/answer" || ${noRoom}`,
  `printf '%s\\n' '#!/bin/sh' "printf '%s' '\${_mark}${markWords.asks};' >&2" 'IFS= read -r _answer <"\${0%/*}/answer" || exit 1' ` +
    `'case $_answer in +*) printf "%s\\n" "\${_answer#+}";; *) exit 1;; esac' >"$_own/askpass"`,
  'chmod 700 "$_own/askpass"',
];

/**
 * Waits for the end of standard input beside the tools, and ends them with all that they started, itself last. What comes there
 * before its end are answers; the pipe is open on both sides, so that an answer that nobody reads any more holds nothing up.
 */
interface Leash {
  readonly asRoot: boolean;
  readonly asks: boolean;
}

function leash({ asRoot, asks }: Leash): string {
  const waits = asks
    ? ['exec 5<>"$_own/answer"', `while IFS= read -r _answer <&3; do printf '%s\\n' "$_answer" >&5; done`]
    : ['read -r _end <&3'];
  const lets = asRoot ? [untilNothingRuns] : [];
  const steps = ["trap '' TERM HUP PIPE", ...waits, ...lets, tidy, 'kill -TERM -$$', 'sleep 2', 'kill -KILL -$$'];
  return `{ ${steps.join('; ')}; } >/dev/null 4>&- & _leash=$!`;
}

/** What comes is the next script's alone once the leash reads no more; an answer that nobody waited for any more is none. */
const nextScript = [
  'wait "$_leash"',
  say(markWords.next),
  'while IFS= read -r _script <&3; do case $_script in [+-]*) ;; *) eval "$_script"; break;; esac; done',
];

/** `from`: what opens its input, where it has one. */
function runTool(
  command: ToolCommand<unknown>,
  { from, asks }: { readonly from: string; readonly asks: boolean },
): string {
  const { tool, input, folder, environment = {}, asRoot } = command;
  const because = (word: string) => `{ ${say(word)}; exit 0; }`;
  const steps = [
    // A connection that breaks ends neither root's tools nor the shell that waits for them.
    ...(asRoot ? [runs('r')] : ['trap - HUP PIPE']),
    ...(input === undefined ? [] : [from]),
    ...(folder === undefined ? [] : [`cd ${shellWord(folder)} || ${because(markWords.noFolder)}`]),
    environment.PATH === undefined ? 'PATH=$_path' : `PATH=${shellWord(environment.PATH)}`,
    // What only root may enter cannot be looked for.
    ...(asRoot ? [`[ "$_uid" = 0 ] || _there sudo || ${because(markWords.noSudo)}`] : []),
    ...(asRoot ? ['[ "$_uid" != 0 ] || '] : ['']).map(unless => `${unless}_there ${shellWord(tool)}`),
    `case $? in 1) ${say(markWords.missing)}; exit 0;; 2) ${say(markWords.notExecutable)}; exit 0;; esac`,
    'exec 2>&4 3<&- 4>&-',
    ...(asRoot ? [asSudo(command, asks)] : []),
    `exec ${asRoot ? tellingProcess : ''}${programAndArguments(command)}`,
  ];
  return [
    say(markWords.begins),
    `${say(markWords.begins)} >&4`,
    `(${steps.join('; ')})`,
    '_status=$?',
    ...(asRoot ? [runs('n')] : []),
    '_signal=',
    '[ $_status -gt 128 ] && [ $_status -lt 160 ] && _signal=$(kill -l $((_status - 128)))',
    `printf '%s' "\${_mark}${markWords.ends}$_status:$_signal;"`,
    `${say(markWords.ends)} >&4`,
  ].join('; ');
}

/** Tells by which process the program runs that stands behind it. */
const tellingProcess = `/bin/sh -c 'printf "%s${markWords.process}%s;" "$0" "$$"; exec "$@"' "$_mark" `;

/** Whoever is root already needs no sudo. A password that nobody can give is not asked for. */
function asSudo(command: ToolCommand<unknown>, asks: boolean): string {
  const sudo = asks ? '/usr/bin/env SUDO_ASKPASS="$_own/askpass" sudo -A' : 'sudo -n';
  return `[ "$_uid" = 0 ] || exec ${tellingProcess}${sudo} -- ${programAndArguments(command)}`;
}

/** Variables go through env(1), which takes any name; a shell has names of its own that it lets nobody change. */
function programAndArguments({ tool, argv, environment = {} }: ToolCommand<unknown>): string {
  const words = [tool, ...argv].map(shellWord).join(' ');
  const variables = Object.entries(environment).map(([name, value]) => shellWord(`${name}=${value}`));
  return variables.length === 0 ? words : `/usr/bin/env ${variables.join(' ')} /bin/sh -c 'exec "$0" "$@"' ${words}`;
}
