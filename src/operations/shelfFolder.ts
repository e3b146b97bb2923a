import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { factsFile } from './bundleFolders.ts';
import { copyOrLink } from './copyOrLink.ts';
import { reloadsToLetGo } from './reloadsToLetGo.ts';
import type { ReloadFacts, ReloadToKeep, Shelf, ShelvedReload } from './shelf.ts';

const logFile = 'log.txt';

/** What stands in the facts' file besides the facts. */
interface KeptFacts extends ReloadFacts {
  readonly bundle: string;
  readonly dSYM?: string;
  readonly bytes: number;
}

/**
 * Keeps reloads in a folder, each in one of its own: `2026-11-26T14-03-05.123Z-41C2`. It is made under a hidden name and renamed, so that
 * half a one is none; files that a kept build has already are linked, not copied.
 */
export class ShelfFolder implements Shelf {
  readonly #folder: string;

  /** `state`: the folder with what is remembered of the target. */
  constructor(state: string, bundleIdentifier: string) {
    this.#folder = placeOf(state, bundleIdentifier);
  }

  async reloads(): Promise<readonly ShelvedReload[]> {
    return this.#readAll(await this.#names());
  }

  #names(): Promise<readonly string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  async #readAll(all: readonly string[]): Promise<readonly ShelvedReload[]> {
    const names = all.filter(name => !name.startsWith('.'));
    const read = await Promise.all(
      names
        .sort()
        .reverse()
        .map(name => this.#read(join(this.#folder, name))),
    );
    return read.filter(reload => reload !== undefined);
  }

  async shelved(uuid: string): Promise<ShelvedReload | undefined> {
    return (await this.reloads()).find(({ uuids }) => uuids.includes(uuid));
  }

  async keep(reload: ReloadToKeep, stay: ReadonlySet<string>): Promise<void> {
    const names = await this.#names();
    const before = await this.#readAll(names);
    await this.#removeUnfinished(names);
    const { facts } = reload;
    const name = `${facts.time.replaceAll(':', '-')}-${facts.uuid?.slice(-4) ?? 'none'}`;
    const unfinished = join(this.#folder, `.${name}.${process.pid}`);
    const folder = join(this.#folder, name);
    try {
      await this.#fill(unfinished, reload, before);
      await rename(unfinished, folder);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw error;
    }
    const kept = await this.#read(folder);
    const gone = reloadsToLetGo(kept === undefined ? before : [kept, ...before], stay);
    for (const each of gone) await this.#remove(each.folder);
  }

  async #fill(unfinished: string, reload: ReloadToKeep, before: readonly ShelvedReload[]): Promise<void> {
    const { facts, bundle, dSYM, log } = reload;
    await mkdir(unfinished, { recursive: true });
    const same = before.find(({ uuid }) => uuid !== null && uuid === facts.uuid);
    let bytes = await copyOrLink(bundle, join(unfinished, basename(bundle)), same?.bundle);
    if (dSYM !== undefined) bytes += await copyOrLink(dSYM, join(unfinished, basename(dSYM)), same?.dSYM);
    const kept: KeptFacts = {
      ...facts,
      bundle: basename(bundle),
      ...(dSYM === undefined ? {} : { dSYM: basename(dSYM) }),
      bytes,
    };
    await writeFile(join(unfinished, logFile), log);
    await writeFile(join(unfinished, factsFile), `${JSON.stringify(kept, undefined, 2)}\n`);
  }

  /** undefined for what is no reload, or a damaged one. */
  async #read(folder: string): Promise<ShelvedReload | undefined> {
    try {
      const facts: unknown = JSON.parse(await readFile(join(folder, factsFile), 'utf8'));
      if (!areFacts(facts)) return undefined;
      const { dSYM, ...rest } = facts;
      return {
        ...rest,
        folder,
        bundle: join(folder, basename(facts.bundle)),
        ...(dSYM === undefined ? {} : { dSYM: join(folder, basename(dSYM)) }),
        log: join(folder, logFile),
      };
    } catch {
      return undefined;
    }
  }

  /** Out of sight first: a removal that is cut leaves no half a one. */
  async #remove(folder: string): Promise<void> {
    const hidden = join(this.#folder, `.${basename(folder)}.${process.pid}`);
    await rename(folder, hidden);
    await rm(hidden, { recursive: true, force: true });
  }

  /** What processes have left that are gone. */
  async #removeUnfinished(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const pid = /^\..+\.(\d+)$/.exec(name)?.[1];
      if (pid !== undefined && !runs(Number(pid))) await rm(join(this.#folder, name), { recursive: true, force: true });
    }
  }
}

/** One folder inside the state's, whatever the identifier is. */
function placeOf(state: string, bundleIdentifier: string): string {
  const name = encodeURIComponent(bundleIdentifier).replace(/^\.+$/, dots => dots.replaceAll('.', '%2E'));
  return join(state, 'shelf', name);
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
