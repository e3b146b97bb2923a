/**
 * sudo(8), what it says on standard error where it does not run the tool at all; its exit status is 1 then. Accepted:
 *   sudo: a password is required
 *   sudo: a terminal is required to read the password; either use the -S option to read from standard input or …
 *   sudo: no tty present and no askpass program specified
 *   sudo: no password was provided
 *   sudo: 3 incorrect password attempts
 *   dev is not in the sudoers file.  This incident will be reported.
 *   Sorry, user dev is not allowed to execute '/sbin/kextload /tmp/Pump.kext' as root on mini.
 *   sudo: sorry, you must have a tty to run sudo
 *   sudo: kextload: command not found
 *   sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set
 */
import { RootRefused, ToolNotStarted } from './port/toolErrors.ts';
import type { ToolOutput } from './port/toolOutput.ts';

/** Why sudo ran nothing. */
export type RootProblem =
  | 'passwordNeeded'
  | 'passwordNotGiven'
  | 'passwordWrong'
  | 'notInSudoers'
  | 'notAllowed'
  | 'terminalNeeded'
  | 'accountClosed'
  | 'sudoBroken';

interface Known {
  readonly problem: RootProblem | 'toolMissing';
  readonly pattern: RegExp;
  /** A half sentence behind `kextload did not start: `. */
  readonly tell: (called: string, line: string, found: RegExpExecArray) => string;
}

/** The first that fits is meant. */
const known: readonly Known[] = [
  {
    problem: 'passwordNotGiven',
    pattern: /^sudo: no password was provided/m,
    tell: called => `no password was given, so nothing ran as root on ${called}`,
  },
  {
    problem: 'passwordWrong',
    pattern: /^sudo: (\d+) incorrect password attempts?/m,
    tell: (called, _line, [, times]) => `sudo on ${called} did not take the password, ${times} times`,
  },
  {
    problem: 'passwordNeeded',
    pattern:
      /^sudo: (?:(?:sorry, )?a password is required|a terminal is required to read|no tty present and no askpass)/m,
    tell: called =>
      `sudo on ${called} asks for a password, and nobody is here to give it: run this where it can ask, or let sudo run it without one (NOPASSWD, with visudo)`,
  },
  {
    problem: 'notInSudoers',
    pattern: /^(?:Sorry, user )?(\S+) (?:is not in the sudoers file|may not run sudo)/m,
    tell: (called, _line, [, user]) =>
      `${user} may run nothing as root on ${called}: make ${user} an administrator there (Users & Groups), or add a line for it with visudo`,
  },
  {
    problem: 'notAllowed',
    pattern: /^Sorry, user .*/m,
    tell: (called, line) => `sudo on ${called} does not allow it (${line}): add it with visudo`,
  },
  {
    problem: 'terminalNeeded',
    pattern: /^sudo: sorry, you must have a tty/m,
    tell: called => `sudo on ${called} wants a terminal: take requiretty out of its sudoers for your user, with visudo`,
  },
  { problem: 'toolMissing', pattern: /^sudo: .*: command not found/m, tell: () => 'no such program on the PATH' },
  {
    problem: 'accountClosed',
    pattern: /^sudo: .*(?:account validation failure|password expired|Account expired|is expired).*/m,
    tell: (called, line) => `your account on ${called} does not let sudo in (${line})`,
  },
  {
    problem: 'sudoBroken',
    pattern:
      /^sudo: .*(?:must be owned by uid|must be setuid|setuid bit|effective uid is not 0|no valid sudoers|error in|unable to (?:open|stat|initialize|run|execute|fork)|no new privileges).*/m,
    tell: (called, line) => `sudo on ${called} does not work (${line})`,
  },
];

/** Why sudo did not run the tool, from what came in its place; undefined where the tool itself ran. */
export function sudoRefusal(tool: string, output: ToolOutput, called: string): ToolNotStarted | undefined {
  const { stdout, stderr, exitCode } = output;
  if (exitCode !== 1 || stdout !== '') return undefined;
  for (const { problem, pattern, tell } of known) {
    const found = pattern.exec(stderr);
    if (found === null) continue;
    const reason = tell(called, found[0].replace(/[.\p{Cc}]+$/u, ''), found);
    return problem === 'toolMissing' ? new ToolNotStarted(tool, reason, true) : new RootRefused(tool, reason, problem);
  }
  return undefined;
}
