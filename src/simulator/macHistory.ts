import { stillThere } from './builtCollection.ts';
import { fromCleanPoint } from './cleanPoint.ts';
import { collectionState } from './collectionState.ts';
import { DamagedState } from './damagedState.ts';
import { Journal } from './journal.ts';
import type { BootEvent, CleanEvent, JournalEvent, OtherKexts } from './journalEvent.ts';
import { sinceBoot } from './kernelEvents.ts';
import type { SimulatedDisk } from './simulatedDisk.ts';
import type { Scenario } from './systems/simulatedSystem.ts';
import { defaultScenario } from './systems/simulatedSystems.ts';
import { quitOfCutUse } from './whatIsThere.ts';

/** What kind of Mac it is to be. */
export interface SimulatedMachine {
  readonly scenario?: Scenario;
  readonly otherKexts?: OtherKexts;
}

/** What happened to a Simulated Mac, kept in a journal: all else about it follows from that and from its disk. */
export class MacHistory {
  readonly #file: string;
  readonly #journal: Journal;
  readonly #disk: SimulatedDisk;
  readonly #wanted: SimulatedMachine;
  #sinceBoot: { readonly all: readonly JournalEvent[]; readonly events: readonly JournalEvent[] } | undefined;

  /** What `wanted` says counts from the Mac's next start on; where it says nothing, each start is as the one before. */
  constructor(file: string, disk: SimulatedDisk, wanted: SimulatedMachine) {
    this.#file = file;
    this.#journal = new Journal(file);
    this.#disk = disk;
    this.#wanted = wanted;
  }

  /** What happened since the Mac started, its start first. The same list for as long as nothing happens. */
  async events(): Promise<readonly JournalEvent[]> {
    await this.append([]);
    return this.#eventsSinceBoot();
  }

  /** Adds what has happened; a Mac without a history starts before it, and a process whose use was cut has quit. */
  async append(events: readonly JournalEvent[]): Promise<void> {
    const isNew = (await this.#all()).length === 0;
    const quit = quitOfCutUse(await this.#eventsSinceBoot());
    const before = isNew ? [await this.#nextBoot()] : quit === undefined ? [] : [quit];
    await this.#journal.append([...before, ...events]);
  }

  /** The Mac has restarted, after what happened last. */
  async restarted(events: readonly JournalEvent[] = []): Promise<void> {
    await this.append([...events, await this.#nextBoot()]);
  }

  /** What happened since the start is left out: nothing is left of it. */
  async goOnFrom(point: CleanEvent): Promise<void> {
    await this.#journal.replace(fromCleanPoint(await this.events(), point));
  }

  /** The newest start: when it was, and of which system. */
  async boot(): Promise<BootEvent> {
    const [boot] = await this.events();
    return boot?.event === 'boot' ? boot : this.#nextBoot();
  }

  async #eventsSinceBoot(): Promise<readonly JournalEvent[]> {
    const all = await this.#all();
    if (this.#sinceBoot?.all !== all) this.#sinceBoot = { all, events: sinceBoot(all) };
    return this.#sinceBoot.events;
  }

  #all(): Promise<readonly JournalEvent[]> {
    return this.#journal.read().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EISDIR') throw error;
      throw new DamagedState(this.#file, 'it is a folder, and was expected to be the file with what happened so far');
    });
  }

  /** A restart takes at least a second, so that no two boots have one boot time. */
  async #nextBoot(): Promise<BootEvent> {
    const events = await this.#all();
    const last = events.findLast(event => event.event === 'boot');
    const otherKexts = this.#wanted.otherKexts ?? last?.otherKexts;
    const system = last === undefined ? this.#wanted.scenario : last.system;
    const { approved, built } = collectionState(sinceBoot(events));
    const collection = await stillThere(this.#disk, built);
    return {
      event: 'boot',
      time: Math.max(Math.floor(Date.now() / 1000), (last?.time ?? 0) + 1),
      ...(system === undefined || system === defaultScenario ? {} : { system }),
      ...(otherKexts === undefined ? {} : { otherKexts }),
      ...(approved.length === 0 ? {} : { approved }),
      ...(collection.length === 0 ? {} : { collection }),
    };
  }
}
