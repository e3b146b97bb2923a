import type { KernelProgram } from '../simulator/kernelProgram.ts';
import type { SimulatedMac } from '../simulator/simulatedMac.ts';
import { withStateLock, worksUnderLock } from '../simulator/stateLock.ts';
import type { Scenario, SimulatedSystem } from '../simulator/systems/simulatedSystem.ts';
import { simulatedSystem } from '../simulator/systems/simulatedSystems.ts';
import { type Connection, CurrentConnection } from '../tools/port/connection.ts';
import type { Runner } from '../tools/port/runner.ts';
import type { SimulatedMacSwitches } from '../tools/port/simulatedMacSwitches.ts';
import type { AskPassword, ExclusiveTurn, Panic, Target } from '../tools/port/target.ts';
import { operationFolder } from './folders.ts';
import { LoggingRunner } from './loggingRunner.ts';
import { simulatedMacChoice } from './simulatedScenarios.ts';

/** What the Simulated Mac as a target is made of. */
export interface SimulatedMacParts {
  readonly mac: SimulatedMac;
  readonly kernel: (signal: AbortSignal) => Promise<KernelProgram>;
  /** The folder of its state. */
  readonly state: string;
  readonly scenario: Scenario;
  /** Gets every call of its tools. */
  readonly log: (text: string) => void;
}

/** The Simulated Mac as a target: its tools answer in this process, in the words of its system. */
export class SimulatedMacTarget implements Target {
  readonly id: string;
  readonly name: string;
  readonly called: string;
  readonly simulated = true;
  readonly runner: Runner;
  readonly switches: SimulatedMacSwitches;
  readonly #mac: SimulatedMac;
  readonly #kernel: (signal: AbortSignal) => Promise<KernelProgram>;
  readonly #state: string;
  readonly #system: SimulatedSystem;
  readonly #connection = new CurrentConnection();

  constructor({ mac, kernel, state, scenario, log }: SimulatedMacParts) {
    const { id, name } = simulatedMacChoice(scenario);
    this.#system = simulatedSystem(scenario);
    this.id = id;
    this.name = name;
    this.called = `the ${name}`;
    this.#mac = mac;
    this.#state = state;
    this.#kernel = kernel;
    this.switches = mac;
    const tools: Runner = {
      run: ({ tool, argv, asRoot, input }, signal) => mac.run(tool, argv, asRoot, signal, input),
      runTogether: (commands, signal) => mac.runTogether(commands, signal),
    };
    this.runner = new LoggingRunner(tools, this.name, log);
  }

  /** Every process of this machine that works on its state sees its starts there, whoever started it. */
  async connection(signal: AbortSignal): Promise<Connection> {
    const { time, system } = await this.#mac.newestBoot(signal);
    return this.#connection.named(`${time} ${system}`);
  }

  async buildEnvironment(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    // make keeps going, so that one build names all that is wrong in all files.
    const { folder } = await this.#kernel(signal);
    return { SIMULATED_MAC: folder, SIMULATED_ARCHITECTURE: this.#system.architecture, MAKEFLAGS: 'k' };
  }

  mend(signal: AbortSignal): Promise<void> {
    return this.#mac.mend(signal);
  }

  takePanic(): Promise<Panic | undefined> {
    return Promise.resolve(this.#mac.takePanic());
  }

  exclusively<T>(
    bundleIdentifier: string,
    signal: AbortSignal,
    work: () => Promise<T>,
    turn?: ExclusiveTurn,
  ): Promise<T> {
    return withStateLock(operationFolder(this.#state, bundleIdentifier), signal, work, turn);
  }

  working(bundleIdentifier: string): Promise<string | undefined> {
    return worksUnderLock(operationFolder(this.#state, bundleIdentifier));
  }

  /** Whoever works on it is its root. */
  withAnswers<T>(_ask: AskPassword | undefined, work: () => Promise<T>): Promise<T> {
    return work();
  }

  /** Its clock is virtual and stands still between two questions: whole seconds are let pass on it, at once. */
  pause(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return this.#mac.wait(Math.ceil(ms / 1000), signal);
  }
}
