import * as vscode from 'vscode';
import { failureOf } from '../operations/failure.ts';
import type { Operation, OperationResult } from '../operations/operation.ts';
import type { PhaseName } from '../operations/phases.ts';
import { explainNothing } from './explainNothing.ts';
import type { KextSession } from './kextSession.ts';
import { type Turn, Turns, type Waiting } from './turns.ts';

/** Work on the target, as the operations give it. */
export type Work<R extends OperationResult> = (operation: Operation, signal: AbortSignal) => Promise<R>;

/** What an operation is called in titles, and whether it takes the place of one that is building. */
export interface Request {
  readonly title: string;
  readonly replacesBuild?: boolean;
}

/**
 * Runs one operation at a time, in the order in which they were asked for, with progress and cancel. A reload takes the
 * place of one that has not got further than its build; one that has reached the kernel is waited for.
 */
export class OperationQueue {
  readonly #session: KextSession;
  readonly #log: vscode.LogOutputChannel;
  readonly #turns = new Turns();

  constructor(session: KextSession, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
  }

  /**
   * The result, or undefined where there was nothing to work on, where another reload does the same, or where the
   * operation could not run; the user was told.
   */
  run<R extends OperationResult>({ title, replacesBuild = false }: Request, work: Work<R>): Promise<R | undefined> {
    const kext = this.#session.view.own?.bundleIdentifier;
    const wish = { title: kext === undefined ? title : `${title} ${kext}`, replaceable: replacesBuild };
    return this.#turns.run(
      wish,
      waiting => void showWaiting(wish.title, waiting),
      turn => this.#runNow(title, work, turn),
    );
  }

  async #runNow<R extends OperationResult>(title: string, work: Work<R>, turn: Turn): Promise<R | undefined> {
    let full = title;
    try {
      await this.#session.refresh();
      if (turn.signal.aborted) return undefined;
      const { operation } = this.#session;
      if (operation === undefined) {
        explainNothing(this.#session.emptyReason, this.#session.problem?.problem);
        return undefined;
      }
      full = `${title} ${operation.project.bundleIdentifier} on ${operation.target.called}`;
      const result = await this.#withProgress(full, operation, work, turn);
      this.#log.info(`${full}: ${result.outcome}`);
      await this.#session.showResult(result);
      return result;
    } catch (error) {
      await this.#session.showResult(undefined).catch(failed => this.#log.error(failed));
      this.#explain(full, error);
      return undefined;
    }
  }

  #withProgress<R extends OperationResult>(
    title: string,
    operation: Omit<Operation, 'progress'>,
    work: Work<R>,
    turn: Turn,
  ): Promise<R> {
    this.#log.info(title);
    this.#session.showActivity(title, undefined);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const shown = vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => turn.cancel());
      const phases: string[] = [];
      const tell = (phase: PhaseName, plan?: string) => {
        phases.push(plan === undefined ? phase : `${phase} (${plan})`);
        if (phase !== 'building') turn.reached();
        progress.report({ message: phases.join(' → ') });
        this.#session.showActivity(title, phase);
      };
      return work({ ...operation, progress: tell }, turn.signal);
    });
    return Promise.resolve(shown);
  }

  #explain(title: string, error: unknown): void {
    const { message } = failureOf(error);
    this.#log.error(`${title}: ${message}`);
    void vscode.window.showErrorMessage(message, 'Show Log').then(choice => choice && this.#log.show());
  }
}

function showWaiting(title: string, { behind, ended, cancel }: Waiting): Thenable<unknown> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(cancel);
    progress.report({ message: `waits for the end of ${behind}` });
    return ended;
  });
}
