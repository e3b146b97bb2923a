import * as vscode from 'vscode';

/** Asks whether kexts may be loaded on the Mac that VS Code runs on; another target can be chosen instead. */
export async function askFirstLoad(): Promise<boolean> {
  const here = vscode.l10n.t('Load Here');
  const another = vscode.l10n.t('Choose Another Target');
  const message = vscode.l10n.t('A faulty kext panics this Mac: load here, or choose another target?');
  const detail = vscode.l10n.t(
    'A panic ends every program at once. Before each load and unload here all files are saved and the disks are synced. A yes is remembered.',
  );
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, here, another);
  if (chosen === another) void vscode.commands.executeCommand('kext.selectTarget');
  return chosen === here;
}
