import * as vscode from 'vscode';

/** Opens the panic report that was fetched; says so where there is none. */
export async function showPanicReport(file: string | undefined): Promise<void> {
  if (file === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No panic report is kept of this kext.'));
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}
