import * as vscode from 'vscode';
import { stepText } from '../../model/driverUse.ts';
import type { Exercise } from '../../operations/exercise.ts';
import type { OperationResult } from '../../operations/operation.ts';
import { copyAutopsy } from '../problems/copyAutopsy.ts';
import type { KextSession } from '../session/kextSession.ts';
import { unlinked } from '../unlinked.ts';
import { type Asked, endingText } from './endingText.ts';
import type { Ran } from './operationQueue.ts';
import { showPanicReport } from './showPanicReport.ts';

/** Tells how an operation ended, where the views do not say it; undefined was told already. */
export function tellEnding(
  asked: Asked,
  ran: Ran<OperationResult> | undefined,
  session: Pick<KextSession, 'isOn'>,
): void {
  if (ran === undefined) return;
  const { result, kext } = ran;
  const names = { kext: kext.project.bundleIdentifier, target: kext.target.called, left: !session.isOn(kext) };
  const ending = endingText(asked, result, names);
  if (ending.kind === 'information') void vscode.window.showInformationMessage(unlinked(ending.message));
  if (ending.kind !== 'failure') return;
  // Whoever is typing meanwhile goes on typing.
  showProblems({ preserveFocus: true });
  if (ending.message !== undefined) offer(ending.message, result);
}

/** The same for a use of the driver, which can fail in one of its steps without a finding. */
export function tellExercise(ran: Ran<Exercise> | undefined, session: Pick<KextSession, 'isOn'>): void {
  if (ran === undefined || ran.result.diagnoses.length > 0 || ran.result.outcome !== 'failed') {
    tellEnding('use', ran, session);
    return;
  }
  const { process = vscode.l10n.t('A process'), steps } = ran.result;
  const wrong = steps.find(({ status }) => status !== 0);
  const message =
    wrong === undefined
      ? vscode.l10n.t('{0} could not use the driver.', process)
      : vscode.l10n.t('{0} could not use the driver: {1} gave {2}.', process, stepText(wrong), hex(wrong.status));
  void vscode.window.showWarningMessage(unlinked(message));
}

function hex(status: number): string {
  return `0x${status.toString(16)}`;
}

function offer(message: string, { diagnoses, panicReport }: OperationResult): void {
  const show = vscode.l10n.t('Show Problems');
  const copy = vscode.l10n.t('Copy Autopsy');
  const report = vscode.l10n.t('Show Panic Report');
  void vscode.window
    .showErrorMessage(unlinked(message), show, panicReport === undefined ? copy : report)
    .then(choice => {
      if (choice === show) showProblems({ preserveFocus: false });
      if (choice === copy) void copyAutopsy(diagnoses);
      if (choice === report) void showPanicReport(panicReport);
    });
}

function showProblems(options: { readonly preserveFocus: boolean }): void {
  void vscode.commands.executeCommand('workbench.panel.markers.view.focus', options);
}
