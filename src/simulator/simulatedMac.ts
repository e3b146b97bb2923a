import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriverUse, DriverUsed, RunningProcess } from '../model/driverUse.ts';
import { type Ending, endingsOf, type Runner } from '../tools/port/runner.ts';
import type { Panic } from '../tools/port/target.ts';
import { SwitchRefused, TargetLost } from '../tools/port/toolErrors.ts';
import type { ToolInput } from '../tools/port/toolInput.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import { builtCollection } from './builtCollection.ts';
import { type CollectionState, collectionState } from './collectionState.ts';
import type { BootEvent, JournalEvent } from './journalEvent.ts';
import type { KernelAnswer, KernelEventResult } from './kernelAnswer.ts';
import { listedKexts } from './kernelEvents.ts';
import type { KernelProgram } from './kernelProgram.ts';
import type { KnownKexts } from './load/checkKext.ts';
import { type KernelExports, readKernelExports } from './load/kernelExports.ts';
import { kextsOnDisk } from './load/kextsOnDisk.ts';
import type { Library } from './load/resolveLibraries.ts';
import { MacHistory, type SimulatedMachine } from './macHistory.ts';
import { mendTwins } from './mendTwins.ts';
import { type Happened, ReplayedKernel } from './replayedKernel.ts';
import { runTool, type ToolCall } from './runTool.ts';
import { type InstallAs, SimulatedDisk } from './simulatedDisk.ts';
import { withStateLock } from './stateLock.ts';
import type { SimulatedSystem } from './systems/simulatedSystem.ts';
import { defaultScenario, simulatedSystem } from './systems/simulatedSystems.ts';
import { TwinStore } from './twinStore.ts';
import { usingProcess } from './usingProcess.ts';
import { pluggedDevices, processesSoFar, runningProcesses } from './whatIsThere.ts';

/**
 * A Mac without a Mac. Its state is a folder: a journal of what happened, the disk, and copies of the loaded code. What
 * is in its kernel comes of replaying the journal, driver code included.
 */
export class SimulatedMac {
  readonly disk: SimulatedDisk;
  readonly twins: TwinStore;
  readonly #folder: string;
  readonly #history: MacHistory;
  readonly #kernel: ReplayedKernel;
  readonly #program: (signal: AbortSignal) => Promise<KernelProgram>;
  #exports: KernelExports | undefined;

  /** What `wanted` says counts from the Mac's next start on; where it says nothing, each start is as the one before. */
  constructor(
    folder: string,
    program: (signal: AbortSignal) => Promise<KernelProgram>,
    host: Runner,
    wanted: SimulatedMachine = {},
  ) {
    this.#folder = folder;
    this.#program = program;
    this.disk = new SimulatedDisk(join(folder, 'disk'));
    this.twins = new TwinStore(join(folder, 'store'));
    this.#history = new MacHistory(join(folder, 'journal.jsonl'), this.disk, wanted);
    const { disk, twins } = this;
    this.#kernel = new ReplayedKernel({ history: this.#history, twins, disk, program, host });
  }

  /** Runs one of macOS' tools. A tool that the Simulated Mac does not have answers as a shell would: 127. */
  run(
    tool: string,
    argv: readonly string[],
    asRoot: boolean,
    signal: AbortSignal,
    input?: ToolInput,
  ): Promise<ToolOutput> {
    const call = { tool, argv, asRoot, ...(input === undefined ? {} : { input }) };
    return this.#alone(signal, () => runTool(this, call, signal));
  }

  /** Runs several of them on what the Mac is at one moment; the endings come in the order of the calls. */
  runTogether(calls: readonly ToolCall[], signal: AbortSignal): Promise<readonly Ending[]> {
    return this.#alone(signal, async () => {
      const endings: Ending[] = [];
      for (const call of calls) endings.push(...(await endingsOf([runTool(this, call, signal)])));
      return endings;
    });
  }

  /** The newest start, for whoever is not at work on the Mac. */
  newestBoot(signal: AbortSignal): Promise<BootEvent> {
    return this.#alone(signal, () => this.boot());
  }

  /** A bundle is copied onto the disk, for root unless it is said otherwise. */
  install(bundle: string, path: string, signal: AbortSignal, as?: InstallAs): Promise<void> {
    return this.#alone(signal, async () => {
      await this.disk.put(bundle, path, as);
      await this.#history.append([{ event: 'install', path }]);
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
      if (pluggedDevices(await this.#history.events()).includes(device))
        throw new SwitchRefused(`${device} is plugged in already.`);
      await this.happen([{ event: 'plug', name: device }], signal);
    });
  }

  /** Somebody pulls a device out. Rejects with SwitchRefused where it is not in. */
  unplug(device: string, signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      const plugged = pluggedDevices(await this.#history.events());
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
        if (!(error instanceof TargetLost) || this.#kernel.panicReason !== asked.reason) throw error;
      });
    });
  }

  /** The Mac restarts. */
  restart(signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => {
      await this.disk.restart();
      await this.#history.restarted();
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

  /** Puts copies of the loaded code right that were damaged, as far as their builds are on the disk. */
  mend(signal: AbortSignal): Promise<void> {
    return this.#alone(signal, async () => mendTwins(await this.#history.events(), this.twins, this.disk));
  }

  /** The newest panic that this process saw, once. */
  takePanic(): Panic | undefined {
    return this.#kernel.takePanic();
  }

  /** What the kernel says to `events` after all that happened; for the tools, which are run one at a time. */
  happen(
    events: readonly JournalEvent[],
    signal: AbortSignal,
    counts?: (results: readonly KernelEventResult[]) => boolean,
  ): Promise<Happened> {
    return this.#kernel.happen(events, signal, counts);
  }

  /** What is in the kernel, and what a load could bring along. */
  async knownKexts(signal: AbortSignal): Promise<KnownKexts> {
    const { kexts } = await this.ask(signal);
    const events = await this.#history.events();
    const boot = await this.boot();
    const loads = [...(boot.collection ?? []), ...events.filter(event => event.event === 'load')];
    const own = kexts.flatMap(({ identifier, version }): readonly Library[] => {
      const load = loads.findLast(event => event.identifier === identifier);
      return load === undefined ? [] : [{ identifier, version, compatible: load.compatible }];
    });
    return {
      loaded: kexts,
      libraries: [...listedKexts(boot), ...own],
      onDisk: await kextsOnDisk(this.disk, (await this.system()).architecture),
    };
  }

  async kernelExports(signal: AbortSignal): Promise<KernelExports> {
    const { image } = await this.#program(signal);
    this.#exports ??= await readKernelExports(image);
    return this.#exports;
  }

  /** The processes that run. */
  async processes(): Promise<readonly RunningProcess[]> {
    return runningProcesses(await this.#history.events());
  }

  /** How many processes were started since the Mac was. */
  async processesSoFar(): Promise<number> {
    return processesSoFar(await this.#history.events());
  }

  /** What the kernel holds. */
  ask(signal: AbortSignal): Promise<KernelAnswer> {
    return this.#kernel.ask(signal);
  }

  /** The newest start: when it was, and of which system. */
  boot(): Promise<BootEvent> {
    return this.#history.boot();
  }

  async system(): Promise<SimulatedSystem> {
    return simulatedSystem((await this.boot()).system ?? defaultScenario);
  }

  /** What the Mac has of kexts that are not Apple's, where they come from a collection. */
  async collection(): Promise<CollectionState> {
    return collectionState(await this.#history.events());
  }

  /** Remembers what is nothing to the kernel until the next start. */
  record(events: readonly JournalEvent[]): Promise<void> {
    return this.#history.append(events);
  }

  #alone<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return withStateLock(this.#folder, signal, work);
  }
}

function listed(what: string, names: readonly string[]): string {
  return names.length === 0 ? 'there is none.' : `${what} ${names.join(', ')}.`;
}
