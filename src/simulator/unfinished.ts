import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether a process of this machine runs; one of somebody else's does, too. */
export function lives(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where a copy grows until it is whole: beside its place, with the process that makes it in its name. */
export function unfinishedName(place: string): string {
  return `${place}.${process.pid}.unfinished`;
}

/** Removes from a folder the copies that were begun by processes that are gone. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = /\.(\d+)\.unfinished$/.exec(name)?.[1];
    if (pid !== undefined && !lives(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
  }
}
