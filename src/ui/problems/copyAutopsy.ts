import * as vscode from 'vscode';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { autopsyText } from './autopsyText.ts';

/** Puts the findings with their grounds into the clipboard, for an issue or a mail. */
export async function copyAutopsy(diagnoses: readonly Diagnosis[]): Promise<void> {
  if (diagnoses.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to copy: no finding stands.'));
    return;
  }
  await vscode.env.clipboard.writeText(autopsyText(diagnoses));
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(clippy) The autopsy is in the clipboard.'), 4000);
}
