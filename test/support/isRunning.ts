import { readFile } from 'node:fs/promises';

/** Whether a process is there and is more than an entry that nobody has asked about since its end. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !/\) [ZX] /.test(stat);
}
