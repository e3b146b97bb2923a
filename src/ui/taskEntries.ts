import * as vscode from 'vscode';

/** The tasks that the folders, the workspace file and the user have written down, as they are written. */
export function taskEntries(): readonly unknown[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [undefined, ...folders].flatMap(folder => {
    const written = vscode.workspace.getConfiguration('tasks', folder?.uri).inspect<unknown>('tasks');
    const values = [written?.workspaceFolderValue, written?.workspaceValue, written?.globalValue];
    return values.filter(Array.isArray).flat();
  });
}
