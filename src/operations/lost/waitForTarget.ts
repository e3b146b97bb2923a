import type { System } from '../../model/system.ts';
import { HostNotReached, TargetLost } from '../../tools/port/toolErrors.ts';
import { readSystem } from '../kernel/readSystem.ts';
import type { Operation } from '../operation.ts';

/** How long a target that was lost is waited for, in ms of its time. */
export const longestWaitMs = 10 * 60_000;
const longestPauseMs = 30_000;

/** What cannot become better by waiting: ssh's user has to do something. */
const needsItsUser: ReadonlySet<string> = new Set([
  'hostKeyChanged',
  'hostKeyUnknown',
  'badConfiguration',
  'notAnswered',
]);

/** How a wait ended: the target is back, `late`: it is not, `why`: another try makes no sense. */
export type WaitEnd = { readonly system: System } | { readonly late: string } | { readonly why: string };

/** Waits for a target that was lost, with pauses of 1, 2, 4, … 30 s; all its waits together have one limit. */
export class TargetWait {
  readonly #operation: Pick<Operation, 'target' | 'progress'>;
  readonly #signal: AbortSignal;
  #pauseMs = 1000;
  #waitedMs = 0;

  constructor(operation: Pick<Operation, 'target' | 'progress'>, signal: AbortSignal) {
    this.#operation = operation;
    this.#signal = signal;
  }

  /** Rejects where it is cancelled; `said`: with what it was lost. */
  async untilBack(said: string): Promise<WaitEnd> {
    const { target, progress } = this.#operation;
    let last = said;
    while (this.#waitedMs < longestWaitMs) {
      this.#signal.throwIfAborted();
      progress('waiting', `${target.called} to answer again, ${waitedText(this.#waitedMs)}`);
      const pauseMs = Math.min(this.#pauseMs, longestWaitMs - this.#waitedMs);
      await target.pause(pauseMs, this.#signal);
      this.#waitedMs += pauseMs;
      this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs);
      const begun = performance.now();
      try {
        return { system: await readSystem(target, this.#signal) };
      } catch (error) {
        this.#signal.throwIfAborted();
        if (!(error instanceof TargetLost)) throw error;
        if (error instanceof HostNotReached && needsItsUser.has(error.problem)) return { why: error.message };
        last = error.message;
      }
      // A try takes its time, too.
      this.#waitedMs += Math.round(performance.now() - begun);
    }
    return { late: last };
  }
}

/** `0 s`, `31 s`, `2 min 1 s` */
function waitedText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
