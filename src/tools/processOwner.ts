/**
 * ps(1) with `-p PID -o uid=,ucomm=`: whose process it is, and the name that the kernel has for it, cut where the kernel cuts it.
 * Accepted; nothing and status 1 where there is none:
 *     501 barctl
 *      -2 Bar Tool
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';

/** Whose process it is. */
export interface ProcessOwner {
  readonly uid: number;
  /** At most the first 15 (Linux) or 16 characters (macOS, MAXCOMLEN). */
  readonly name: string;
}

/** Asks for the process of that number; undefined where none runs. */
export function processOwner(pid: number): ToolCommand<ProcessOwner | undefined> {
  return {
    tool: 'ps',
    argv: ['-p', String(pid), '-o', 'uid=,ucomm='],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      const expected = 'the user and the name of one process';
      requireWholeAnswer('ps', expected, output);
      if (output.exitCode === 1 && output.stdout.trim() === '' && output.stderr.trim() === '') return undefined;
      const [, uid, name] = /^\s*(-?\d+)\s+(\S[^\n]*?)\s*$/.exec(output.stdout) ?? [];
      if (uid === undefined || name === undefined || output.exitCode !== 0)
        throw new UnknownToolText('ps', expected, output);
      return { uid: Number(uid), name };
    },
  };
}

/** Whether the kernel's name for a process is the one that is known of it, as far as the kernel keeps it. */
export function isNamed({ name }: ProcessOwner, known: string): boolean {
  return name === known || (name.length >= 15 && known.startsWith(name));
}
