import { type Boot, bootOf, isKnown, isSameBoot, unknownBoot } from '../../model/boot.ts';
import { TargetLost } from '../../tools/port/toolErrors.ts';
import { readSystem } from '../kernel/readSystem.ts';
import { unlessUnread } from '../kernel/unless.ts';
import type { Operation, OperationResult } from '../operation.ts';
import type { PhaseName } from '../phases.ts';
import type { JournalEntry } from './journalEntry.ts';

/** Writes down what an operation does while it runs, so that a kill of its process in the middle can be told of. */
export class Journal {
  readonly #operation: Pick<Operation, 'target' | 'records' | 'doing' | 'project'>;
  readonly #begun = Date.now();
  #entry: JournalEntry | undefined;

  constructor(operation: Pick<Operation, 'target' | 'records' | 'doing' | 'project'>) {
    this.#operation = operation;
  }

  /** The phase that was begun last. */
  get entry(): JournalEntry | undefined {
    return this.#entry;
  }

  /**
   * A phase is about to begin. The boot is that of the first phase on the target: rejects with TargetLost where the target
   * has restarted since, between two of its commands.
   */
  async begins(phase: PhaseName, kext: string | undefined, signal: AbortSignal): Promise<void> {
    const { records, target, doing, project } = this.#operation;
    const before = bootOf(this.#entry ?? unknownBoot);
    const boot = phase === 'building' ? before : await this.#boot(signal);
    this.#entry = {
      doing: doing ?? `work on ${project.bundleIdentifier}`,
      phase,
      kext,
      begun: this.#begun,
      since: Date.now(),
      ...(isKnown(before) ? before : boot),
      pid: process.pid,
    };
    await records.journal.write(this.#entry);
    if (isSameBoot(before, boot) === false) throw new TargetLost(`${target.called} has restarted.`);
  }

  /** What its system does not say of itself keeps nobody from working on it. */
  async #boot(signal: AbortSignal): Promise<Boot> {
    return bootOf((await unlessUnread(readSystem(this.#operation.target, signal))) ?? unknownBoot);
  }

  /** The operation has ended by itself. What an earlier one left stays where this one has done nothing. */
  async ends(result?: Pick<OperationResult, 'outcome'>): Promise<void> {
    const hasWorked = this.#entry !== undefined || (result !== undefined && result.outcome !== 'cancelled');
    if (hasWorked) await this.#operation.records.journal.clear();
  }

  /** The operation has ended, and what became of its last phase is to be found out by the next look at the target. */
  async staysOpen(): Promise<void> {
    if (this.#entry !== undefined) await this.#operation.records.journal.write({ ...this.#entry, lost: true });
  }
}
