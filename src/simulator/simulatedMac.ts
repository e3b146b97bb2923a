import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriverUse, DriverUsed, RunningProcess } from '../model/driverUse.ts';
import type { Runner } from '../tools/runner.ts';
import type { Panic } from '../tools/target.ts';
import { SwitchRefused, TargetLost } from '../tools/toolErrors.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
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
import { type InstallAs, SimulatedDisk } from './simulatedDisk.ts';
import { replay } from './simulatedKernel.ts';
import { withStateLock } from './stateLock.ts';
import { csrutil } from './tools/csrutil.ts';
import { fileTool } from './tools/fileTool.ts';
import { ioclasscount } from './tools/ioclasscount.ts';
import { ioreg } from './tools/ioreg.ts';
import { kextload } from './tools/kextload.ts';
import { kextstat } from './tools/kextstat.ts';
import { kextunload } from './tools/kextunload.ts';
import { kextutil } from './tools/kextutil.ts';
import { ps } from './tools/ps.ts';
import { swVers, sysctl } from './tools/system.ts';
import { said } from './toolText.ts';
import { TwinStore } from './twinStore.ts';
import { usingProcess } from './usingProcess.ts';
import { pluggedDevices, runningProcesses } from './whatIsThere.ts';

/** What the kernel said to a change, and the whole of it afterwards. */
export interface Happened {
  /** One for each event that was added. */
  readonly results: readonly KernelEventResult[];
  readonly answer: KernelAnswer;
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
  readonly #otherKexts: OtherKexts | undefined;
  #panic: Panic | undefined;

  /** `otherKexts` counts from the Mac's next start on; without it, each start is as the one before. */
  constructor(
    folder: string,
    kernel: (signal: AbortSignal) => Promise<KernelProgram>,
    host: Runner,
    otherKexts?: OtherKexts,
  ) {
    this.#otherKexts = otherKexts;
    this.#folder = folder;
    this.#kernel = kernel;
    this.#host = host;
    this.#journal = new Journal(join(folder, 'journal.jsonl'));
    this.disk = new SimulatedDisk(join(folder, 'disk'));
    this.twins = new TwinStore(join(folder, 'store'));
  }

  /** Runs one of macOS' tools. A tool that the Simulated Mac does not have answers as a shell would: 127. */
  run(tool: string, argv: readonly string[], asRoot: boolean, signal: AbortSignal): Promise<ToolOutput> {
    return this.#alone(signal, async () => {
      switch (tool) {
        case 'sw_vers':
          return swVers();
        case 'sysctl':
          return sysctl(lastBoot(await this.#events())?.time ?? 0, argv);
        case 'csrutil':
          return csrutil(argv);
        case 'ps':
          return ps(await this.processes(), argv);
        case 'kextstat':
          return kextstat(await this.#ask(signal), argv);
        case 'ioclasscount':
          return ioclasscount(await this.#ask(signal), argv);
        case 'ioreg':
          return ioreg(await this.#ask(signal), argv);
        case 'kextload':
          return kextload(this, argv, asRoot, signal);
        case 'kextutil':
          return kextutil(this, argv, asRoot, signal);
        case 'kextunload':
          return kextunload(this, argv, asRoot, signal);
        case 'mkdir':
        case 'chown':
        case 'chmod':
        case 'rm':
          return fileTool(this.disk, tool, argv, asRoot);
        default:
          return said({ stderr: [`${tool}: command not found on the Simulated Mac`], exitCode: 127 });
      }
    });
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

  /** Its owner approves what waits for it: nothing does on a system that asks before the load. */
  approve(): Promise<void> {
    return Promise.reject(new SwitchRefused('No kext waits for an approval.'));
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
    const { kexts } = await this.#ask(signal);
    const events = await this.#events();
    const loads = events.filter(event => event.event === 'load');
    const boot = lastBoot(events);
    const own = kexts.flatMap(({ identifier, version }): readonly Library[] => {
      const load = loads.findLast(event => event.identifier === identifier);
      return load === undefined ? [] : [{ identifier, version, compatible: load.compatible }];
    });
    return {
      loaded: kexts,
      libraries: [...(boot === undefined ? [] : listedKexts(boot)), ...own],
      onDisk: await kextsOnDisk(this.disk),
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

  async #ask(signal: AbortSignal): Promise<KernelAnswer> {
    return (await this.happen([], signal)).answer;
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
    const last = lastBoot(await this.#journal.read());
    const otherKexts = this.#otherKexts ?? last?.otherKexts;
    const time = Math.max(Math.floor(Date.now() / 1000), (last?.time ?? 0) + 1);
    return { event: 'boot', time, ...(otherKexts === undefined ? {} : { otherKexts }) };
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
