import * as vscode from 'vscode';

const key = 'demoOpened';

/** Remembers for the window that is about to open that the demo in this folder is what was asked for. */
export async function rememberOpenedDemo(everywhere: vscode.Memento, folder: string): Promise<void> {
  await everywhere.update(key, folder);
}

/** Shows the kexts in the window of a demo that was just opened. */
export async function showOpenedDemo(everywhere: vscode.Memento): Promise<void> {
  const folder = everywhere.get<string>(key);
  if (folder === undefined || vscode.workspace.workspaceFolders?.[0]?.uri.fsPath !== folder) return;
  await everywhere.update(key, undefined);
  await vscode.commands.executeCommand('kext.loaded.focus');
}
