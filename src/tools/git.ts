/**
 * git(1), `status --porcelain=v2 --branch -z`: each entry ends in a zero byte, and a renamed one has its former name behind it.
 *   # branch.oid 0d1c9c1f0a6e5b1f5b8f2ad7f0b9e9a1c2d3e4f5
 *   # branch.oid (initial)                                      (there is no commit)
 *   1 .M N... 100644 100644 100644 HASH HASH Pump/PumpDriver.cpp
 *   2 R. N... 100644 100644 100644 HASH HASH R100 Pump/Rotor.cpp
 *   ? build/
 */
import type { ToolCommand } from './port/toolCommand.ts';

/** From what a tree was built. */
export interface GitState {
  /** The commit that is checked out. */
  readonly hash: string;
  /** Something in the tree is not as the commit has it. */
  readonly dirty: boolean;
}

/** What git says of a tree. */
export interface GitStatus {
  readonly hash: string;
  /** Files that are not as the commit has them: of those that it knows. */
  readonly changed: number;
  /** Files and folders (with a slash behind their name) that no commit has, from the top of the tree. */
  readonly untracked: readonly string[];
}

/** Asks for the commit that is checked out in the folder, and what differs from it; undefined where there is none. No lock is taken. */
export function gitStatus(folder: string): ToolCommand<GitStatus | undefined> {
  return {
    tool: 'git',
    argv: ['--no-optional-locks', 'status', '--porcelain=v2', '--branch', '-z'],
    asRoot: false,
    timeoutMs: 10_000,
    folder,
    parse: ({ stdout, exitCode }) => (exitCode === 0 ? parseGitStatus(stdout) : undefined),
  };
}

/** Reads what git printed; undefined where it names no commit. */
export function parseGitStatus(text: string): GitStatus | undefined {
  const hash = /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(text.slice(0, text.indexOf('\0')))?.[1];
  if (hash === undefined) return undefined;
  const entries = text.split('\0');
  const untracked: string[] = [];
  let changed = 0;
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at] ?? '';
    if (entry.startsWith('? ')) untracked.push(entry.slice(2));
    else if (/^[12u] /.test(entry)) changed += 1;
    if (entry.startsWith('2 ')) at += 1;
  }
  return { hash, changed, untracked };
}
