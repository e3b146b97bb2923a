import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { folderOfTask, type StartedOf, type TaskFolder, type WrittenTasks } from './folderOfTask.ts';

/** The folder of a task that was started: the one of which VS Code has made it, or what folderOfTask says where others may have the same. */
export function startedIn(task: StartedOf<vscode.WorkspaceFolder>): TaskFolder<vscode.WorkspaceFolder> {
  return hasSeveralFolders() ? folderOfTask(task, writtenTasks(), folderOf) : { folder: task.folder };
}

/** A place in a folder, as the definition of a task names it: in a window with several folders no other folder has the same. */
export function projectIn(folder: vscode.WorkspaceFolder, place: string): string {
  const inside = relative(folder.uri.fsPath, place);
  if (!hasSeveralFolders()) return inside || '.';
  const named = vscode.workspace.workspaceFolders?.filter(({ name }) => name === folder.name) ?? [];
  return named.length > 1 ? place : join(`\${workspaceFolder:${folder.name}}`, inside);
}

/** The workspace folder in which a path lies. */
export function folderOf(path: string): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
}

/** The window has several folders. */
export function hasSeveralFolders(): boolean {
  return (vscode.workspace.workspaceFolders ?? []).length > 1;
}

/** The tasks that the folders, the workspace file and the user have written down. */
export function writtenTasks(): readonly WrittenTasks<vscode.WorkspaceFolder>[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [undefined, ...folders].map(folder => {
    const written = vscode.workspace.getConfiguration('tasks', folder?.uri).inspect<unknown>('tasks');
    const values =
      folder === undefined ? [written?.workspaceValue, written?.globalValue] : [written?.workspaceFolderValue];
    return { folder, entries: values.filter(Array.isArray).flat() };
  });
}
