import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriverUse, DriverUsed, RunningProcess } from '../model/driverUse.ts';
import type { Runner } from '../tools/runner.ts';
import type { Panic } from '../tools/target.ts';
import { SwitchRefused, TargetLost } from '../tools/toolErrors.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
import { builtCollection, stillThere } from './builtCollection.ts';
import { type CollectionState, collectionState } from './collectionState.ts';
import { Journal } from './journal.ts';
import type { BootEvent, JournalEvent, OtherKexts } from './journalEvent.ts';
import type { KernelAnswer, KernelEventResult } from './kernelAnswer.ts';
import { kernelEvents, listedKexts, sinceBoot } from './kernelEvents.ts';
import type { KernelProgram } from './kernelProgram.ts';
import type { KnownKexts } from './load/checkKext.ts';
import { type KernelExports, readKernelExports } from './load/kernelExports.ts';
import { kextsOnDisk } from './load/kextsOnDisk.ts';
import type { Library } from './load/resolveLibraries.ts';
import { readPanic } from './panicReport.ts';
import { runTool } from './runTool.ts';
import { type InstallAs, SimulatedDisk } from './simulatedDisk.ts';
import { replay } from './simulatedKernel.ts';
import { withStateLock } from './stateLock.ts';
import type { Scenario, SimulatedSystem } from './systems/simulatedSystem.ts';
import { defaultScenario, simulatedSystem } from './systems/simulatedSystems.ts';
import { TwinStore } from './twinStore.ts';
import { usingProcess } from './usingProcess.ts';
import { pluggedDevices, runningProcesses } from './whatIsThere.ts';

/** What the kernel said to a change, and the whole of it afterwards. */
export interface Happened {
  /** One for each event that was added. */
  readonly results: readonly KernelEventResult[];
  readonly answer: KernelAnswer;
}

/** What kind of Mac it is to be. */
export interface SimulatedMachine {
  readonly scenario?: Scenario;
  readonly otherKexts?: OtherKexts;
}

/**
 * A Mac without a Mac. Its state is a folder: a journal of what happened, the disk, and copies of the loaded code. Every
 * question replays the journal in a fresh kernel process, driver code included, so nothing about an answer is kept.
 */
export class SimulatedMac {
  readonly disk: SimulatedDisk;
  readonly twins: TwinStore;
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #kernel: (signal: AbortSignal) => Promise<KernelProgram>;
  readonly #host: Runner;
  readonly #wanted: SimulatedMachine;
  #panic: Panic | undefined;

  /** What `wanted` says counts from the Mac's next start on; where it says nothing, each start is as the one before. */
  constructor(
    folder: string,
    kernel: (signal: AbortSignal) => Promise<KernelProgram>,
    host: Runner,
    wanted: SimulatedMachine = {},
  ) {
    this.#wanted = wanted;
    this.#folder = folder;
    this.#kernel = kernel;
    this.#host = host;
    this.#journal = new Journal(join(folder, 'journal.jsonl'));
    this.disk = new SimulatedDisk(join(folder, 'disk'));
    this.twins = new TwinStore(join(folder, 'store'));
  }

  /** Runs one of macOS' tools. A tool that the Simulated Mac does not have answers as a shell would: 127. */
  run(tool: string, argv: readonly string[], asRoot: boolean, signal: AbortSignal): Promise<ToolOutput> {
    return this.#alone(signal, () => runTool(this, { tool, argv, asRoot }, signal));
  }

  /** A bundle is copied onto the disk, for root unless it is said otherwise. */
  install(bundle: string, path: string, signal: AbortSignal, as?: InstallAs): Promise<void> {
    return this.#alone(signal, async () => {
      await this.disk.put(bundle, path, as);
      await this.#journal.append([...(await this.#bootIfNew()), { event: 'install', path }]);
    });
  }

  /** A process opens a service and calls it, then closes and exits or stays; each step with what it came to. */
  use(use: DriverUse, signal: AbortSignal): Promise<DriverUsed> {
    return this.#alone(signal, () => usingProcess(this, use, signal));
  }

  /** Somebody quits a process. Rejects with SwitchRefused where no such process runs. */
  quit(pid: number, signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      const running = await this.processes();
      if (!running.some(process => process.pid === pid)) {
        const names = running.map(each => `${each.name} (pid ${each.pid})`);
        throw new SwitchRefused(`No process with the pid ${pid} uses a driver here; ${listed('there are', names)}`);
      }
      await this.happen([{ event: 'quit', pid }], signal);
    });
  }

  /** Somebody puts a device in. Rejects with SwitchRefused where it is in already. */
  plug(device: string, signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      if (pluggedDevices(await this.#events()).includes(device))
        throw new SwitchRefused(`${device} is plugged in already.`);
      await this.happen([{ event: 'plug', name: device }], signal);
    });
  }

  /** Somebody pulls a device out. Rejects with SwitchRefused where it is not in. */
  unplug(device: string, signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      const plugged = pluggedDevices(await this.#events());
      if (!plugged.includes(device))
        throw new SwitchRefused(`${device} is not plugged in; ${listed('plugged in are', plugged)}`);
      await this.happen([{ event: 'unplug', name: device }], signal);
    });
  }

  /** The Mac's owner allows all that asked for it. Rejects with SwitchRefused where nothing did. */
  approve(signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      const { waiting } = await this.collection();
      if (waiting.length === 0) throw new SwitchRefused('No kext waits for approval here.');
      await this.record([{ event: 'approve', kexts: waiting }]);
      await this.record([{ event: 'collect', kexts: await builtCollection(this) }]);
    });
  }

  /** Nobody does anything for so long: what drivers do by themselves happens. */
  wait(seconds: number, signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      await this.happen([{ event: 'wait', seconds }], signal);
    });
  }

  /** Somebody makes the kernel panic, and the Mac restarts; the panic can be taken afterwards. */
  panic(signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      const asked: JournalEvent = { event: 'panic', reason: 'NMI: somebody made the Simulated Mac panic' };
      await this.happen([asked], signal).catch(error => {
        if (!(error instanceof TargetLost) || this.#panic?.reason !== asked.reason) throw error;
      });
    });
  }

  /** The Mac restarts. */
  restart(signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      await this.disk.restart();
      await this.#journal.append([await this.#nextBoot()]);
    });
  }

  /** A Mac fresh from the box. */
  reset(signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      await this.disk.erase();
      for (const name of ['journal.jsonl', 'store']) {
        await rm(join(this.#folder, name), { recursive: true, force: true });
      }
    });
  }

  /** The newest panic that this process saw, once. */
  takePanic(): Panic | undefined {
    const panic = this.#panic;
    this.#panic = undefined;
    return panic;
  }

  /** What the kernel says to `events` after all that happened; for the tools, which are run one at a time. */
  async happen(events: readonly JournalEvent[], signal: AbortSignal): Promise<Happened> {
    const before = await this.#events();
    const program = await this.#kernel(signal);
    const replayed = await replay(
      program.executable,
      kernelEvents([...before, ...events], this.twins),
      this.#host,
      signal,
    );
    if ('panic' in replayed) {
      const sources = { events: [...before, ...events], twins: this.twins, kernelImage: program.image };
      this.#panic = await readPanic(replayed.panic, sources, this.#host, signal);
      const { reason } = replayed.panic;
      await this.disk.restart();
      const happened = events.filter(({ event }) => event !== 'panic');
      const record: JournalEvent = { event: 'panic', reason };
      await this.#journal.append([...(await this.#bootIfNew()), ...happened, record, await this.#nextBoot()]);
      throw new TargetLost(`The Simulated Mac panicked: ${reason}. It has restarted.`);
    }
    if (events.length > 0) await this.#journal.append([...(await this.#bootIfNew()), ...events]);
    return {
      answer: replayed.answer,
      results: replayed.answer.events.slice(replayed.answer.events.length - events.length),
    };
  }

  /** What is in the kernel, and what a load could bring along. */
  async knownKexts(signal: AbortSignal): Promise<KnownKexts> {
    const { kexts } = await this.ask(signal);
    const events = await this.#events();
    const boot = lastBoot(events);
    const loads = [...(boot?.collection ?? []), ...events.filter(event => event.event === 'load')];
    const own = kexts.flatMap(({ identifier, version }): readonly Library[] => {
      const load = loads.findLast(event => event.identifier === identifier);
      return load === undefined ? [] : [{ identifier, version, compatible: load.compatible }];
    });
    return {
      loaded: kexts,
      libraries: [...(boot === undefined ? [] : listedKexts(boot)), ...own],
      onDisk: await kextsOnDisk(this.disk, (await this.system()).architecture),
    };
  }

  async kernelExports(signal: AbortSignal): Promise<KernelExports> {
    return readKernelExports((await this.#kernel(signal)).image);
  }

  /** The processes that run. */
  async processes(): Promise<readonly RunningProcess[]> {
    return runningProcesses(await this.#events());
  }

  /** How many processes were started since the Mac was. */
  async processesSoFar(): Promise<number> {
    return (await this.#events()).filter(event => event.event === 'open').length;
  }

  /** What the kernel holds. */
  async ask(signal: AbortSignal): Promise<KernelAnswer> {
    return (await this.happen([], signal)).answer;
  }

  /** The newest start: when it was, and of which system. */
  async boot(): Promise<BootEvent> {
    return lastBoot(await this.#events()) ?? (await this.#nextBoot());
  }

  async system(): Promise<SimulatedSystem> {
    return simulatedSystem((await this.boot()).system ?? defaultScenario);
  }

  /** What the Mac has of kexts that are not Apple's, where they come from a collection. */
  async collection(): Promise<CollectionState> {
    return collectionState(await this.#events());
  }

  /** Remembers what is nothing to the kernel until the next start. */
  async record(events: readonly JournalEvent[]): Promise<void> {
    await this.#journal.append([...(await this.#bootIfNew()), ...events]);
  }

  /** What happened since the Mac started. */
  async #events(): Promise<readonly JournalEvent[]> {
    await this.#journal.append(await this.#bootIfNew());
    return sinceBoot(await this.#journal.read());
  }

  async #bootIfNew(): Promise<readonly JournalEvent[]> {
    return (await this.#journal.read()).length > 0 ? [] : [await this.#nextBoot()];
  }

  /** A restart takes at least a second, so that no two boots have one boot time. */
  async #nextBoot(): Promise<BootEvent> {
    const events = await this.#journal.read();
    const last = lastBoot(events);
    const otherKexts = this.#wanted.otherKexts ?? last?.otherKexts;
    const system = last === undefined ? this.#wanted.scenario : last.system;
    const { approved, built } = collectionState(sinceBoot(events));
    const collection = await stillThere(this.disk, built);
    return {
      event: 'boot',
      time: Math.max(Math.floor(Date.now() / 1000), (last?.time ?? 0) + 1),
      ...(system === undefined || system === defaultScenario ? {} : { system }),
      ...(otherKexts === undefined ? {} : { otherKexts }),
      ...(approved.length === 0 ? {} : { approved }),
      ...(collection.length === 0 ? {} : { collection }),
    };
  }

  #alone<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return withStateLock(this.#folder, signal, work);
  }
}

function lastBoot(events: readonly JournalEvent[]): BootEvent | undefined {
  return events.findLast(event => event.event === 'boot');
}

function listed(what: string, names: readonly string[]): string {
  return names.length === 0 ? 'there is none.' : `${what} ${names.join(', ')}.`;
}
