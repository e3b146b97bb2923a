import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';

/** Saves the project's edited files before a build, as `task.saveBeforeRun` says. */
export async function saveProject(session: KextSession): Promise<void> {
  const folder = session.view.own?.folder;
  const when = vscode.workspace.getConfiguration('task').get<string>('saveBeforeRun');
  if (folder === undefined || when === 'never') return;
  const edited = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file' && uri.fsPath.startsWith(`${folder}/`),
  );
  for (const document of edited) await document.save();
}
