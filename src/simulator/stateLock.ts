import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExclusiveTurn } from '../tools/target.ts';
import { lives } from './unfinished.ts';

/** How long somebody waits, in ms, before it is told: most waits are over by then. */
const patienceMs = 300;

/**
 * Runs `work` while no other process, window or call works on the same state folder. A lock whose process is gone is
 * taken over, so a crash leaves nothing locked.
 *
 * The lock is a folder with one file named after its owner that says what this does, and both ways to get it are a single rename: of a folder that
 * was made ready, which fails where a lock is, or of a dead owner's file, which one of several heirs alone can do.
 */
export async function withStateLock<T>(
  folder: string,
  signal: AbortSignal,
  work: () => Promise<T>,
  { doing = '', waits }: Partial<ExclusiveTurn> = {},
): Promise<T> {
  const lock = join(folder, 'lock');
  const owner = `${process.pid}.${randomUUID()}`;
  await mkdir(folder, { recursive: true });
  const begun = performance.now();
  let told = waits === undefined;
  while (!((await take(lock, owner, doing)) || (await inherit(lock, owner, doing)))) {
    const behind: string | undefined =
      told || performance.now() - begun < patienceMs ? undefined : await holderOf(lock);
    if (behind !== undefined) waits?.(behind);
    told ||= behind !== undefined;
    await sleep(5, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await release(lock, owner);
  }
}

/** What has the lock and which process that is; undefined where nothing has it any more. */
async function holderOf(lock: string): Promise<string | undefined> {
  const [holder] = await readdir(lock).catch(() => []);
  if (holder === undefined) return undefined;
  const doing = await readFile(join(lock, holder), 'utf8').catch(() => '');
  return `${doing === '' ? 'another operation' : doing}, process ${Number(holder.split('.')[0])}`;
}

async function take(lock: string, owner: string, doing: string): Promise<boolean> {
  const ready = `${lock}.${owner}`;
  await mkdir(ready);
  await writeFile(join(ready, owner), doing);
  try {
    await rename(ready, lock);
    return true;
  } catch (error) {
    await rm(ready, { recursive: true, force: true });
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    return false;
  }
}

/** Takes the lock over from an owner that is no more. */
async function inherit(lock: string, owner: string, doing: string): Promise<boolean> {
  const [holder] = await readdir(lock).catch(() => []);
  if (holder === undefined || lives(Number(holder.split('.')[0]))) return false;
  const isHeir = await rename(join(lock, holder), join(lock, owner)).then(
    () => true,
    () => false,
  );
  if (isHeir) await writeFile(join(lock, owner), doing);
  return isHeir;
}

async function release(lock: string, owner: string): Promise<void> {
  await rm(join(lock, owner), { force: true });
  // Somebody may have the lock already, or have removed the whole state.
  await rmdir(lock).catch(error => {
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
  });
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
