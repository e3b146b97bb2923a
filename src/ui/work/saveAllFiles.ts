import * as vscode from 'vscode';

/** Saves every edited file that lies on a disk, of whatever folder: what follows may take the machine down. */
export async function saveAllFiles(): Promise<void> {
  // One that was never saved would ask for its name.
  await vscode.workspace.saveAll(false);
}
