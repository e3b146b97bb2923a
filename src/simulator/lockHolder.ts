import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { onceFor } from '../model/onceFor.ts';
import { processStart } from './processStart.ts';
import { lives } from './unfinished.ts';

/** Whoever has a lock, as the one file in the lock's folder names it. */
export interface LockHolder {
  /** The name of the file: `4711.u86400.t8640000.` and what no other holder is called, as holderName has it. */
  readonly name: string;
  readonly pid: number;
}

/** Of a process that runs: what tells it from a later one with the same pid, behind a dot; nothing where that is not known. */
const startOf = onceFor(async ({ pid }: { readonly pid: number }) => {
  const start = await processStart(pid);
  return start === undefined ? '' : `.${start}`;
});

/**
 * A name for this process as a holder: its pid, for how many seconds its machine had run, and where that is known what tells it from a
 * later process with the same pid.
 */
export async function holderName(): Promise<string> {
  return `${process.pid}.u${Math.floor(uptime())}${await startOf(process)}.${randomUUID()}`;
}

/** undefined where nobody has the lock. */
export async function readHolder(lock: string): Promise<LockHolder | undefined> {
  const [name] = await readdir(lock).catch(() => []);
  return name === undefined ? undefined : { name, pid: Number(name.split('.')[0]) };
}

/**
 * Whether the holder works. Another process may have its pid: after a restart of this machine, which then has run for a
 * shorter time than when the lock was taken, or once all pids were given away.
 */
export async function holds({ name, pid }: LockHolder): Promise<boolean> {
  const [, seconds, start] = /^\d+\.u(\d+)\.(?:([ts]\d+)\.)?/.exec(name) ?? [];
  const then = Number(seconds ?? 0);
  if (!lives(pid) || then > uptime() + 1) return false;
  if (pid === process.pid && start === undefined) return true;
  const found = await processStart(pid);
  if (found === undefined) return true;
  if (found === 'ended') return false;
  return start === undefined ? !beganAfter(found, seconds) : found === start;
}

/** Of Linux, whose count is in hundredths of a second for every program; for a holder that has not told when it was started. */
function beganAfter(found: string, seconds: string | undefined): boolean {
  return seconds !== undefined && found.startsWith('t') && Number(found.slice(1)) / 100 > Number(seconds) + 1;
}

/** What the holder does and which process that is: `Reload com.foo.bar, process 4711`. */
export async function holderText(lock: string, { name, pid }: LockHolder): Promise<string> {
  const doing = await readFile(join(lock, name), 'utf8').catch(() => '');
  return workText(doing, pid);
}

/** What somebody does and which process that is. */
export function workText(doing: string, pid: number): string {
  return `${doing === '' ? 'another operation' : doing}, process ${pid}`;
}
