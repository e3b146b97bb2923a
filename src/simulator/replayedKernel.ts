import { stat } from 'node:fs/promises';
import type { Runner } from '../tools/port/runner.ts';
import type { Panic } from '../tools/port/target.ts';
import { TargetLost } from '../tools/port/toolErrors.ts';
import { cleanPoint } from './cleanPoint.ts';
import type { JournalEvent } from './journalEvent.ts';
import type { KernelAnswer, KernelEventResult, KernelPanic } from './kernelAnswer.ts';
import { kernelEvents, startedAtBoot } from './kernelEvents.ts';
import type { KernelProgram } from './kernelProgram.ts';
import type { MacHistory } from './macHistory.ts';
import { readPanic } from './panicReport.ts';
import type { SimulatedDisk } from './simulatedDisk.ts';
import { type Replay, replay } from './simulatedKernel.ts';
import type { TwinStore } from './twinStore.ts';
import { twinsOf } from './whatIsThere.ts';

/** What the kernel said to a change, and the whole of it afterwards. */
export interface Happened {
  /** One for each event that was added. */
  readonly results: readonly KernelEventResult[];
  readonly answer: KernelAnswer;
}

/** What a kernel that is replayed is made of. */
export interface ReplayedKernelParts {
  readonly history: MacHistory;
  readonly twins: TwinStore;
  readonly disk: SimulatedDisk;
  readonly program: (signal: AbortSignal) => Promise<KernelProgram>;
  /** Runs its processes. */
  readonly host: Runner;
}

/**
 * The kernel of a Simulated Mac: every change runs all that happened since the start once more in a fresh process, driver
 * code included. Nothing about an answer is kept beyond the moment in which the history or the code changes.
 */
export class ReplayedKernel {
  readonly #parts: ReplayedKernelParts;
  #panic: Panic | undefined;
  #known:
    | { readonly events: readonly JournalEvent[]; readonly code: string; readonly answer: KernelAnswer }
    | undefined;
  #start: { readonly time: number; readonly answer: KernelAnswer } | undefined;

  constructor(parts: ReplayedKernelParts) {
    this.#parts = parts;
  }

  /** What the kernel holds after all that happened. Rejects with TargetLost when that makes it panic. */
  async ask(signal: AbortSignal): Promise<KernelAnswer> {
    const events = await this.#parts.history.events();
    const code = await this.#codeOf(events);
    if (this.#known?.events === events && this.#known.code === code) return this.#known.answer;
    return (await this.happen([], signal)).answer;
  }

  /**
   * What the kernel says to `events` after all that happened. Where `counts` says of the results that they do not count,
   * they have not happened. Rejects with TargetLost when they make it panic.
   */
  async happen(
    events: readonly JournalEvent[],
    signal: AbortSignal,
    counts: (results: readonly KernelEventResult[]) => boolean = () => true,
  ): Promise<Happened> {
    const { history } = this.#parts;
    const all = [...(await history.events()), ...events];
    const replayed = await this.#replay(all, signal);
    if ('panic' in replayed) throw await this.#panicked(all, events, replayed.panic, signal);
    const { answer } = replayed;
    const results = answer.events.slice(answer.events.length - events.length);
    if (!counts(results)) return { answer, results };
    await history.append(events);
    if (events.some(({ event }, at) => event === 'unload' && results[at]?.status === 0))
      // It saves work, and nothing else: the journal is right without it.
      await this.#goOnWhereClean(answer, signal).catch(() => undefined);
    const after = await history.events();
    this.#known = { events: after, code: await this.#codeOf(after), answer };
    return { answer, results };
  }

  /** Of the newest panic, while nobody has taken it. */
  get panicReason(): string | undefined {
    return this.#panic?.reason;
  }

  /** The newest panic that this process saw, once. */
  takePanic(): Panic | undefined {
    const panic = this.#panic;
    this.#panic = undefined;
    return panic;
  }

  async #replay(events: readonly JournalEvent[], signal: AbortSignal): Promise<Replay> {
    const { executable } = await this.#parts.program(signal);
    await this.#parts.twins.check(twinsOf(events));
    return replay(executable, kernelEvents(events, this.#parts.twins), this.#parts.host, signal);
  }

  async #panicked(
    all: readonly JournalEvent[],
    events: readonly JournalEvent[],
    panic: KernelPanic,
    signal: AbortSignal,
  ): Promise<TargetLost> {
    const { history, twins, disk, program, host } = this.#parts;
    const sources = { events: all, twins, kernelImage: (await program(signal)).image };
    this.#panic = await readPanic(panic, sources, host, signal);
    const { reason } = panic;
    await disk.restart();
    await history.restarted([...events.filter(({ event }) => event !== 'panic'), { event: 'panic', reason }]);
    return new TargetLost(`The Simulated Mac panicked: ${reason}. It has restarted.`);
  }

  /** A kernel that holds what it held at its start needs no replay of what was in between. */
  async #goOnWhereClean(answer: KernelAnswer, signal: AbortSignal): Promise<void> {
    const { history } = this.#parts;
    const boot = await history.boot();
    if (startedAtBoot(boot).length > 0) return;
    if (this.#start?.time !== boot.time) {
      const replayed = await this.#replay([boot], signal);
      if ('panic' in replayed) return;
      this.#start = { time: boot.time, answer: replayed.answer };
    }
    const point = cleanPoint(await history.events(), answer, this.#start.answer);
    if (point !== undefined) await history.goOnFrom(point);
  }

  /** Which files the code of the loads is in, and in which state: somebody may change them. */
  async #codeOf(events: readonly JournalEvent[]): Promise<string> {
    const files = [...twinsOf(events)].map(twin => this.#parts.twins.path(twin));
    const states = await Promise.all(files.map(file => stat(file).catch(() => undefined)));
    return states.map(state => `${state?.size} ${state?.mtimeMs}`).join();
  }
}
