import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { lives } from './unfinished.ts';

/** Whoever has a lock, as the one file in the lock's folder names it. */
export interface LockHolder {
  /** The name of the file: the process, for how many seconds its machine had run, and what no other holder is called. */
  readonly name: string;
  readonly pid: number;
}

/** A name for this process as a holder. */
export function holderName(): string {
  return `${process.pid}.u${Math.floor(uptime())}.${randomUUID()}`;
}

/** undefined where nobody has the lock. */
export async function readHolder(lock: string): Promise<LockHolder | undefined> {
  const [name] = await readdir(lock).catch(() => []);
  return name === undefined ? undefined : { name, pid: Number(name.split('.')[0]) };
}

/**
 * Whether the holder works. After a restart of this machine another process may have its pid: a machine that has run for a
 * shorter time than when the lock was taken has restarted since.
 */
export function holds({ name, pid }: LockHolder): boolean {
  const then = Number(/^\d+\.u(\d+)\./.exec(name)?.[1] ?? 0);
  return lives(pid) && then <= uptime() + 1;
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
