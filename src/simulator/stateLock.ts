import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process, window or call works on the same state folder. A lock whose process is gone is
 * taken over, so a crash leaves nothing locked.
 */
export async function withStateLock<T>(folder: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock');
  await mkdir(folder, { recursive: true });
  while (!(await take(lock))) {
    signal.throwIfAborted();
    if (!(await ownerLives(lock))) await rm(lock, { recursive: true, force: true });
    else await sleep(5, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(lock, 'pid'), String(process.pid));
  return true;
}

async function ownerLives(lock: string): Promise<boolean> {
  const pid = Number(await readFile(join(lock, 'pid'), 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 0) {
    // Between mkdir and the pid's writing: give the owner the time to write it.
    await sleep(50);
    return Number(await readFile(join(lock, 'pid'), 'utf8').catch(() => '')) > 0;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
