import { join } from 'node:path';
import type { KernelProgram } from '../simulator/kernelProgram.ts';
import type { SimulatedMac } from '../simulator/simulatedMac.ts';
import { withStateLock } from '../simulator/stateLock.ts';
import type { Runner } from '../tools/runner.ts';
import type { SimulatedMacSwitches } from '../tools/simulatedMacSwitches.ts';
import type { Panic, Target } from '../tools/target.ts';
import type { ToolCommand } from '../tools/toolCommand.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
import { LoggingRunner } from './loggingRunner.ts';

/** What the Simulated Mac as a target is made of. */
export interface SimulatedMacParts {
  readonly mac: SimulatedMac;
  readonly kernel: (signal: AbortSignal) => Promise<KernelProgram>;
  /** The folder of its state. */
  readonly state: string;
  /** Gets every call of its tools. */
  readonly log: (text: string) => void;
}

/** The Simulated Mac as a target: its tools answer in this process, in the words of macOS 10.15. */
export class SimulatedMacTarget implements Target {
  readonly id = 'simulated';
  readonly name = 'Simulated Mac';
  readonly called = 'the Simulated Mac';
  readonly simulated = true;
  readonly installFolder = '/private/tmp/kext-dev';
  readonly runner: Runner;
  readonly switches: SimulatedMacSwitches;
  readonly #mac: SimulatedMac;
  readonly #kernel: (signal: AbortSignal) => Promise<KernelProgram>;
  readonly #state: string;

  constructor({ mac, kernel, state, log }: SimulatedMacParts) {
    this.#mac = mac;
    this.#state = state;
    this.#kernel = kernel;
    this.switches = mac;
    const tools = {
      run: (command: ToolCommand<unknown>, signal: AbortSignal): Promise<ToolOutput> =>
        mac.run(command.tool, command.argv, command.asRoot, signal),
    };
    this.runner = new LoggingRunner(tools, this.name, log);
  }

  async buildEnvironment(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    // make keeps going, so that one build names all that is wrong in all files.
    return { SIMULATED_MAC: (await this.#kernel(signal)).folder, MAKEFLAGS: 'k' };
  }

  copyBundle(bundle: string, destination: string, signal: AbortSignal): Promise<void> {
    return this.#mac.install(bundle, destination, signal);
  }

  takePanic(): Promise<Panic | undefined> {
    return Promise.resolve(this.#mac.takePanic());
  }

  exclusively<T>(bundleIdentifier: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return withStateLock(join(this.#state, 'operations', encodeURIComponent(bundleIdentifier)), signal, work);
  }

  /** Its clock is virtual and stands still between two questions: whole seconds are let pass on it, at once. */
  pause(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return this.#mac.wait(Math.ceil(ms / 1000), signal);
  }
}
