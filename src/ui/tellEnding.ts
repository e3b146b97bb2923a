import * as vscode from 'vscode';
import type { Exercise } from '../operations/exercise.ts';
import type { OperationResult } from '../operations/operation.ts';
import { copyAutopsy } from './copyAutopsy.ts';
import { type Asked, endingText } from './endingText.ts';
import type { KextView } from './kextView.ts';

/** Tells how an operation ended, where it did not end as asked for; undefined was told already. */
export function tellEnding(asked: Asked, result: OperationResult | undefined, { own, target }: KextView): void {
  if (result === undefined) return;
  const names = { kext: own?.bundleIdentifier ?? 'The kext', target: target?.called ?? 'the target' };
  const ending = endingText(asked, result, names);
  if (ending.kind === 'information') void vscode.window.showInformationMessage(ending.message);
  if (ending.kind !== 'failure') return;
  // Whoever is typing meanwhile goes on typing.
  showProblems({ preserveFocus: true });
  if (ending.message !== undefined) offer(ending.message, result);
}

/** The same for a use of the driver, which can fail in one of its steps without a finding. */
export function tellExercise(result: Exercise | undefined, view: KextView): void {
  if (result === undefined || result.diagnoses.length > 0 || result.outcome !== 'failed') {
    tellEnding('use', result, view);
    return;
  }
  const wrong = result.steps.find(({ status }) => status !== 0);
  const status = wrong === undefined ? '' : `: ${wrong.step} gave 0x${wrong.status.toString(16)}`;
  void vscode.window.showWarningMessage(`${result.process} could not use the driver${status}.`);
}

function offer(message: string, { diagnoses }: OperationResult): void {
  void vscode.window.showErrorMessage(message, 'Show Problems', 'Copy Autopsy').then(choice => {
    if (choice === 'Show Problems') showProblems({ preserveFocus: false });
    if (choice === 'Copy Autopsy') void copyAutopsy(diagnoses);
  });
}

function showProblems(options: { readonly preserveFocus: boolean }): void {
  void vscode.commands.executeCommand('workbench.panel.markers.view.focus', options);
}
