import { heardOperation } from '../../operations/captures/heardOperation.ts';
import { failureOf } from '../../operations/failure.ts';
import { isCancel } from '../../operations/isCancel.ts';
import type { Operation, OperationResult } from '../../operations/operation.ts';
import type { PhaseProgress, ToldPhase } from '../../operations/phases.ts';
import type { AskBeforeUnload } from '../../operations/unload/confirmUnload.ts';
import { cancellingText } from '../../report/cancellingText.ts';
import { exitStatus, exitStatusOfResult } from '../../report/exitStatus.ts';
import { failureStatus } from '../../report/failureStatus.ts';
import { obstaclesText } from '../../report/obstaclesText.ts';
import { outcomeText } from '../../report/outcomeText.ts';
import { printable } from '../../report/printable.ts';
import { progressText } from '../../report/progressText.ts';
import { reachedKernel } from '../../report/reachedKernel.ts';
import { resultText } from '../../report/resultText.ts';
import type { Audience } from '../work/audience.ts';
import type { MeantKext, OperationQueue } from '../work/operationQueue.ts';
import type { Waiting } from '../work/turns.ts';
import { bold, colouredResult } from './taskColours.ts';
import { TaskMistake } from './taskMistake.ts';
import type { TaskOutput } from './taskTerminal.ts';
import type { TaskWork } from './taskWork.ts';

/** What a task does once it is known on which kext. */
export interface TaskRequest extends Pick<TaskWork, 'title' | 'work'> {
  readonly kext: MeantKext;
  readonly replacesItself: boolean;
}

/** One run of a task: an operation that is told in a terminal, line by line, as the command line tells it. */
export class TaskRun implements Audience {
  readonly #write: (text: string) => void;
  readonly #signal: AbortSignal;
  #status: number | undefined;
  #phase: ToldPhase | undefined;
  #ending: string | undefined;

  constructor(output: Pick<TaskOutput, 'write' | 'signal'>) {
    this.#write = text => output.write(text);
    this.#signal = output.signal;
  }

  /** Nobody is there to answer: what is in the way is told, and it goes on. */
  readonly askBeforeUnload: AskBeforeUnload = async question => {
    this.#write(`${printable(obstaclesText(question))}\n`);
    return 'unload';
  };

  /** How the operation ended, in a sentence; undefined where it did not run to an end of its own or was cancelled. */
  get ending(): string | undefined {
    return this.#ending;
  }

  /** Gives the exit status. */
  async run(queue: Pick<OperationQueue, 'run'>, { title, work, kext, replacesItself }: TaskRequest): Promise<number> {
    this.#signal.addEventListener('abort', () => this.#tellCancel());
    await queue.run({ title, kext, replacesItself, audience: this }, (operation, signal) =>
      this.#work(title, operation, work, signal),
    );
    if (this.#status !== undefined) return this.#status;
    const why = this.#signal.aborted ? 'Cancelled.' : `${title} ${kext.bundleIdentifier}: another one does the same.`;
    return this.#end(why, exitStatus.cancelled);
  }

  async #work(title: string, operation: Operation, work: TaskWork['work'], signal: AbortSignal) {
    const progress: PhaseProgress = (phase, plan, kext, extent) => {
      // Its terminal has what the build says.
      if (extent !== undefined) return;
      this.#phase = phase;
      this.#write(`${bold(printable(progressText(title, operation, phase, plan, kext)))}\n`);
      operation.progress(phase, plan, kext);
    };
    const writeOfTarget = (text: string) => this.#write(printable(text));
    const heard = heardOperation({ ...operation, progress }, this.#write, writeOfTarget);
    const result: OperationResult = await work(heard, signal);
    // Absolute paths: a terminal knows no folder for relative ones, and asks which Info.plist is meant.
    this.#end(colouredResult(printable(resultText(result, operation, undefined))), exitStatusOfResult(result));
    if (result.outcome !== 'cancelled') this.#ending = outcomeText(result, operation);
    return result;
  }

  #tellCancel(): void {
    if (!reachedKernel(this.#phase) || this.#status !== undefined) return;
    this.#write(`${cancellingText(this.#phase)}\n`);
  }

  waits(title: string, { behind, cancel }: Waiting): void {
    this.#write(`${title} waits for the end of ${behind}.\n`);
    this.#signal.addEventListener('abort', cancel);
  }

  follows<R>(_title: string, cancel: () => void, work: (tell: PhaseProgress) => Promise<R>): Promise<R> {
    this.#signal.addEventListener('abort', cancel);
    if (this.#signal.aborted) cancel();
    return work(() => undefined);
  }

  /** Cannot be: a task brings its kext. */
  findsNothing(): void {
    this.fail(new TaskMistake('There is nothing to work on.'));
  }

  failed(error: unknown): void {
    this.fail(error);
  }

  /** Says why it could not run, and gives the exit status. */
  fail(error: unknown): number {
    if (isCancel(error, this.#signal)) return this.#end('Cancelled.', exitStatus.cancelled);
    const failure = failureOf(error);
    return this.#end(
      printable(failure.message),
      error instanceof TaskMistake ? exitStatus.usage : failureStatus(failure),
    );
  }

  #end(text: string, status: number): number {
    this.#write(`${text}\n`);
    this.#status = status;
    return status;
  }
}
