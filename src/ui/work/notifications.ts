import * as vscode from 'vscode';
import { failureOf } from '../../operations/failure.ts';
import type { ToldPhase } from '../../operations/phases.ts';
import type { ProjectProblem } from '../../operations/project/kextProject.ts';
import type { AskBeforeUnload } from '../../operations/unload/confirmUnload.ts';
import { type KernelPhase, reachedKernel } from '../../report/reachedKernel.ts';
import { explainNothing } from '../commands/explainNothing.ts';
import type { EmptyReason } from '../session/emptyReason.ts';
import { unlinked } from '../unlinked.ts';
import { askBeforeUnload } from './askBeforeUnload.ts';
import { askPassword } from './askPassword.ts';
import type { Audience, Tell } from './audience.ts';
import { cancellingTitle } from './cancellingTitle.ts';
import { phaseWords } from './phaseWords.ts';
import type { Waiting } from './turns.ts';

/** The user, who ran a command: progress with a button that cancels, questions, and why nothing was done. */
export class Notifications implements Audience {
  readonly #showLog: () => void;

  constructor(showLog: () => void) {
    this.#showLog = showLog;
  }

  /** Read anew for each operation: the setting may have changed. */
  get askBeforeUnload(): AskBeforeUnload | undefined {
    return vscode.workspace.getConfiguration('kext').get('reload.confirm', true) ? askBeforeUnload : undefined;
  }

  readonly askPassword = askPassword;

  waits(title: string, { behind, ended, cancel }: Waiting): void {
    void vscode.window.withProgress(progressOptions(title), (progress, token) => {
      token.onCancellationRequested(cancel);
      progress.report({ message: vscode.l10n.t('waits for the end of {0}', behind) });
      return ended;
    });
  }

  follows<R>(title: string, cancel: () => void, work: (tell: Tell) => Promise<R>): Promise<R> {
    const shown = vscode.window.withProgress(progressOptions(title), (progress, token) => {
      const phases = new Map<string, string>();
      let current: ToldPhase | undefined;
      const working = work((phase, plan = '', kext, extent, canReplace) => {
        current = phase;
        const told = phaseWords(phase, kext, extent);
        // A notification's text may have links; what another process has written may not.
        const known = plan.replaceAll(/[[\]]/g, ' ');
        // What is told again of a phase is how far it is, and a wait is over when another one begins.
        phases.delete('waiting');
        phases.set(kext === undefined ? phase : `${phase} ${kext}`, withPlan(phase, told, known));
        const replace = canReplace ? ` [${vscode.l10n.t('Replace')}](command:kext.replaceOperation)` : '';
        progress.report({ message: `${[...phases.values()].join(' → ')}${replace}` });
      });
      token.onCancellationRequested(() => {
        cancel();
        if (reachedKernel(current)) followCancelled(title, current, working);
      });
      return working;
    });
    return Promise.resolve(shown);
  }

  findsNothing(reason: EmptyReason, problem: ProjectProblem | undefined): void {
    explainNothing(reason, problem?.problem);
  }

  failed(error: unknown): void {
    const { message } = failureOf(error);
    void vscode.window
      .showErrorMessage(unlinked(message), vscode.l10n.t('Show Log'))
      .then(choice => choice && this.#showLog());
  }
}

/** A phase with what is known of it; a wait with what it is for. */
function withPlan(phase: ToldPhase, told: string, known: string): string {
  if (known === '') return told;
  return phase === 'waiting' ? vscode.l10n.t('waiting for {0}', known) : `${told} (${known})`;
}

/** VS Code closes a notification once its Cancel is pressed: what goes on is told in another one, without that button. */
function followCancelled(title: string, phase: KernelPhase, working: Promise<unknown>): void {
  const ended = working.then(
    () => undefined,
    () => undefined,
  );
  void vscode.window.withProgress({ ...progressOptions(cancellingTitle(phase)), cancellable: false }, progress => {
    progress.report({ message: vscode.l10n.t('{0} is not stopped half-way', title) });
    return ended;
  });
}

function progressOptions(title: string): vscode.ProgressOptions {
  return { location: vscode.ProgressLocation.Notification, title, cancellable: true };
}
