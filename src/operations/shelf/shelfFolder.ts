import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { copyOrLink } from '../install/copyOrLink.ts';
import { factsFile } from '../project/bundleFolders.ts';
import { reloadsToLetGo } from './reloadsToLetGo.ts';
import type { BegunReload, BuildToKeep, ReloadFacts, Shelf, ShelvedReload } from './shelf.ts';

const logFile = 'log.txt';

/** What stands in the facts' file besides the facts. */
interface KeptFacts extends ReloadFacts {
  readonly bundle: string;
  readonly dSYM?: string;
  readonly bytes: number;
}

/**
 * Keeps reloads in a folder, each in one of its own: `2026-11-26T14-03-05.123Z-41C2`. It is made under a hidden name and renamed, so that
 * half a one is none; files that a kept build has already are linked, not copied. Its files are small and few: what is done to them takes less time than
 * the way through the thread pool and back.
 */
export class ShelfFolder implements Shelf {
  readonly #folder: string;

  /** `folder`: of the kext alone; made when the first reload is kept. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async reloads(): Promise<readonly ShelvedReload[]> {
    return this.#readAll(this.#names());
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#folder);
    } catch {
      return [];
    }
  }

  #readAll(all: readonly string[]): readonly ShelvedReload[] {
    const names = all.filter(name => !name.startsWith('.')).toSorted();
    return names.toReversed().flatMap(name => this.#read(join(this.#folder, name)) ?? []);
  }

  async shelved(uuid: string): Promise<ShelvedReload | undefined> {
    return (await this.reloads()).find(({ uuids }) => uuids.includes(uuid));
  }

  begin(build: BuildToKeep): BegunReload {
    const unfinished = join(this.#folder, `.${randomUUID()}.${process.pid}`);
    const copied = this.#copy(build, unfinished);
    // Whoever keeps it is told.
    copied.catch(() => undefined);
    const drop = async () => {
      await copied.catch(() => undefined);
      rmSync(unfinished, { recursive: true, force: true });
    };
    const keep: BegunReload['keep'] = async (facts, log, stay) => {
      try {
        const { before, bytes } = await copied;
        const kept = this.#finish(unfinished, { ...named(build), ...facts, bytes }, log);
        for (const each of reloadsToLetGo([kept, ...before], stay)) this.#remove(each.folder);
      } catch (error) {
        await drop();
        throw error;
      }
    };
    return { keep, drop };
  }

  async #copy({ bundle, dSYM, uuid }: BuildToKeep, unfinished: string) {
    const names = this.#names();
    const before = this.#readAll(names);
    this.#removeUnfinished(names);
    mkdirSync(unfinished, { recursive: true });
    const same = before.find(each => each.uuid !== null && each.uuid === uuid);
    let bytes = await copyOrLink(bundle, join(unfinished, basename(bundle)), same?.bundle);
    if (dSYM !== undefined) bytes += await copyOrLink(dSYM, join(unfinished, basename(dSYM)), same?.dSYM);
    return { before, bytes };
  }

  /** Puts what was said beside the copy, and gives both their place and name. */
  #finish(unfinished: string, facts: KeptFacts, log: string): ShelvedReload {
    const folder = join(this.#folder, `${facts.time.replaceAll(':', '-')}-${facts.uuid?.slice(-4) ?? 'none'}`);
    writeFileSync(join(unfinished, logFile), log);
    writeFileSync(join(unfinished, factsFile), `${JSON.stringify(facts, undefined, 2)}\n`);
    renameSync(unfinished, folder);
    return shelvedIn(folder, facts);
  }

  /** undefined for what is no reload, or a damaged one. */
  #read(folder: string): ShelvedReload | undefined {
    try {
      const facts: unknown = JSON.parse(readFileSync(join(folder, factsFile), 'utf8'));
      if (!areFacts(facts)) return undefined;
      return shelvedIn(folder, facts);
    } catch {
      return undefined;
    }
  }

  /** Out of sight first: a removal that is cut leaves no half a one. */
  #remove(folder: string): void {
    const hidden = join(this.#folder, `.${basename(folder)}.${process.pid}`);
    renameSync(folder, hidden);
    rmSync(hidden, { recursive: true, force: true });
  }

  /** What processes have left that are gone. */
  #removeUnfinished(names: readonly string[]): void {
    for (const name of names) {
      const pid = /^\..+\.(\d+)$/.exec(name)?.[1];
      if (pid !== undefined && !runs(Number(pid))) rmSync(join(this.#folder, name), { recursive: true, force: true });
    }
  }
}

function named({ bundle, dSYM }: BuildToKeep): Pick<KeptFacts, 'bundle' | 'dSYM'> {
  return { bundle: basename(bundle), ...(dSYM === undefined ? {} : { dSYM: basename(dSYM) }) };
}

/** Whatever the facts' file says, the bundle lies beside it. */
function shelvedIn(folder: string, { dSYM, ...facts }: KeptFacts): ShelvedReload {
  return {
    ...facts,
    folder,
    bundle: join(folder, basename(facts.bundle)),
    ...(dSYM === undefined ? {} : { dSYM: join(folder, basename(dSYM)) }),
    log: join(folder, logFile),
  };
}

function areFacts(value: unknown): value is KeptFacts {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, time, bundle, uuids, diagnoses, phases, bytes } = value as Partial<KeptFacts>;
  const lists = [uuids, diagnoses, phases].every(Array.isArray);
  return schema === 1 && lists && typeof bytes === 'number' && [time, bundle].every(text => typeof text === 'string');
}

/** Whether a process of this machine runs; one of somebody else's does, too. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
