import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExclusiveTurn } from '../tools/port/target.ts';
import { holderName, holderText, holds, type LockHolder, readHolder, workText } from './lockHolder.ts';
import { askToEnd, watchRequests, withdrawRequest } from './replaceRequest.ts';
import { lives } from './unfinished.ts';

/** How long somebody waits, in ms, before it is told: most waits are over by then. */
const patienceMs = 300;

/** How long somebody waits between two looks, in ms. */
const longestPauseMs = 50;

/** How long, in ms, a holder that worked is taken to work on while its pid lives: to ask the system for more costs a Mac a process. */
const trustMs = 1000;

/**
 * Runs `work` while no other process, window or call works on the same state folder. A lock whose process is gone is
 * taken over, so a crash leaves nothing locked.
 *
 * The lock is a folder with one file named after its owner that says what this does, and both ways to get it are a single rename: of a folder that
 * was made ready, which fails where a lock is, or of a dead owner's file, which one of several heirs alone can do. A file beside it asks its
 * owner to end.
 */
export async function withStateLock<T>(
  folder: string,
  signal: AbortSignal,
  work: () => Promise<T>,
  turn: Partial<ExclusiveTurn> = {},
): Promise<T> {
  const lock = lockOf(folder);
  const owner = await holderName();
  const { doing = '', asked } = turn;
  await mkdir(folder, { recursive: true });
  const wait = new Wait(lock, turn);
  try {
    for (let pauseMs = 5; !(await wait.gets(owner, doing)); pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
      await wait.look();
      await sleep(pauseMs, undefined, { signal });
    }
  } finally {
    await wait.end();
  }
  const watch = asked && watchRequests(lock, owner, asked);
  try {
    return await work();
  } finally {
    watch?.end();
    await release(lock, owner);
    if (watch !== undefined) await withdrawRequest(lock, owner);
  }
}

/** What works on the state folder at this moment, and which process; undefined where nothing does. */
export async function worksUnderLock(folder: string): Promise<string | undefined> {
  const holder = await readHolder(lockOf(folder));
  return holder !== undefined && (await holds(holder)) ? holderText(lockOf(folder), holder) : undefined;
}

function lockOf(folder: string): string {
  return join(folder, 'lock');
}

/** One that waits for a lock: it tells so once, and asks whoever has it to end where that is wanted. */
class Wait {
  readonly #lock: string;
  readonly #turn: Partial<ExclusiveTurn>;
  readonly #begun = performance.now();
  readonly #askedOf = new Set<string>();
  #told: boolean;
  #replaces: boolean;
  /** The holder that worked when it was looked at last, and until when that is trusted. */
  #seen = { name: '', until: 0 };

  constructor(lock: string, turn: Partial<ExclusiveTurn>) {
    this.#lock = lock;
    this.#turn = turn;
    this.#told = turn.waits === undefined;
    this.#replaces = turn.replaces ?? false;
  }

  /** Takes the lock where nobody has it, or over from an owner that is no more. */
  async gets(owner: string, doing: string): Promise<boolean> {
    const holder = await readHolder(this.#lock);
    if (holder === undefined) return take(this.#lock, owner, doing);
    const trusted = holder.name === this.#seen.name && performance.now() < this.#seen.until;
    if (trusted ? lives(holder.pid) : await holds(holder)) {
      if (!trusted) this.#seen = { name: holder.name, until: performance.now() + trustMs };
      return false;
    }
    return inherit(this.#lock, holder, owner, doing);
  }

  async look(): Promise<void> {
    const isPatient = this.#told || performance.now() - this.#begun < patienceMs;
    if (isPatient && !this.#replaces) return;
    const holder = await readHolder(this.#lock);
    if (holder === undefined) return;
    if (!isPatient) {
      this.#told = true;
      const replace = () => {
        this.#replaces = true;
      };
      this.#turn.waits?.(await holderText(this.#lock, holder), replace);
    }
    if (!this.#replaces || this.#askedOf.has(holder.name)) return;
    this.#askedOf.add(holder.name);
    await askToEnd(this.#lock, holder.name, workText(this.#turn.doing ?? '', process.pid));
  }

  async end(): Promise<void> {
    for (const holder of this.#askedOf) await withdrawRequest(this.#lock, holder);
  }
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

/** Of several heirs one has it. */
async function inherit(lock: string, holder: LockHolder, owner: string, doing: string): Promise<boolean> {
  const isHeir = await rename(join(lock, holder.name), join(lock, owner)).then(
    () => true,
    () => false,
  );
  if (isHeir) {
    await writeFile(join(lock, owner), doing);
    await withdrawRequest(lock, holder.name);
  }
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
