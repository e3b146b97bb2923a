import * as vscode from 'vscode';

/** The file that is edited; undefined where that is none of a disk's. */
export function activeFile(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}
