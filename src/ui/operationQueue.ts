import * as vscode from 'vscode';
import { failureOf } from '../operations/failure.ts';
import type { Operation, OperationResult } from '../operations/operation.ts';
import type { PhaseName } from '../operations/phases.ts';
import type { KextSession } from './kextSession.ts';

/** Work on the target, as the operations give it. */
export type Work<R extends OperationResult> = (operation: Operation, signal: AbortSignal) => Promise<R>;

interface Running {
  readonly abort: AbortController;
  phase: PhaseName | undefined;
}

/** What an operation is called in titles, and whether it takes the place of one that is building. */
export interface Request {
  readonly title: string;
  readonly replacesBuild?: boolean;
}

/**
 * Runs one operation at a time, in the order in which they were asked for, with progress and cancel. A reload takes the
 * place of one that is building; one that has reached the kernel is waited for.
 */
export class OperationQueue {
  readonly #session: KextSession;
  readonly #log: vscode.LogOutputChannel;
  #running: Running | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: KextSession, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
  }

  /** The result, or undefined where there was nothing to work on or the operation could not run; the user was told. */
  run<R extends OperationResult>(request: Request, work: Work<R>): Promise<R | undefined> {
    if (request.replacesBuild && this.#running?.phase === 'building') this.#running.abort.abort();
    const turn = this.#last.then(() => this.#runNow(request.title, work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #runNow<R extends OperationResult>(title: string, work: Work<R>): Promise<R | undefined> {
    await this.#session.refresh();
    const operation = this.#session.operation;
    if (operation === undefined) {
      this.#explainNothing();
      return undefined;
    }
    const full = `${title} ${operation.project.bundleIdentifier} on ${operation.target.called}`;
    const running: Running = { abort: new AbortController(), phase: undefined };
    this.#running = running;
    try {
      const result = await this.#withProgress(full, operation, work, running);
      this.#log.info(`${full}: ${result.outcome}`);
      await this.#session.showResult(result);
      return result;
    } catch (error) {
      await this.#session.showResult(undefined);
      this.#explain(full, error);
      return undefined;
    } finally {
      this.#running = undefined;
    }
  }

  #withProgress<R extends OperationResult>(
    title: string,
    operation: Omit<Operation, 'progress'>,
    work: Work<R>,
    running: Running,
  ): Promise<R> {
    this.#log.info(title);
    this.#session.showActivity(title, undefined);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const shown = vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => running.abort.abort());
      const phases: string[] = [];
      const tell = (phase: PhaseName) => {
        phases.push(phase);
        running.phase = phase;
        progress.report({ message: phases.join(' → ') });
        this.#session.showActivity(title, phase);
      };
      return work({ ...operation, progress: tell }, running.abort.signal);
    });
    return Promise.resolve(shown);
  }

  #explainNothing(): void {
    const reasons = {
      noFolder: 'Open the folder of a kext project first.',
      noProject: 'No kext project here: no Info.plist with the CFBundlePackageType KEXT was found.',
      problem: this.#session.problem?.problem ?? 'The kext project has a mistake.',
      untrusted: 'Nothing of this workspace is built or run before you trust it.',
      noTarget: 'Choose a target first: Kext Dev: Select Target.',
      unreachable: this.#session.problem?.problem ?? 'The target could not be reached.',
      ready: 'Nothing to work on.',
    };
    void vscode.window.showErrorMessage(reasons[this.#session.emptyReason]);
  }

  #explain(title: string, error: unknown): void {
    const { message } = failureOf(error);
    this.#log.error(`${title}: ${message}`);
    void vscode.window.showErrorMessage(message, 'Show Log').then(choice => choice && this.#log.show());
  }
}
