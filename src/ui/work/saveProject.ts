import * as vscode from 'vscode';
import { isKextMeant } from '../commands/selectKext.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { OwnKext } from '../session/kextView.ts';
import { isPartOf } from '../session/ownKext.ts';
import { saveEdited } from './saveEdited.ts';

/**
 * Saves what was edited of the kext before a build, as `task.saveBeforeRun` says; where only the user can tell which kext is
 * meant, that is asked first; `other`: one that is meant and is not the window's own. False where the build is not to begin.
 */
export async function saveProject(session: KextSession, other?: OwnKext): Promise<boolean> {
  if (other === undefined && !(await isKextMeant(session))) return false;
  const own = other ?? session.view.own;
  // The operation itself says why it has nothing to build.
  if (own === undefined || session.operation === undefined) return true;
  const edited = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file' && isPartOf(own, uri.fsPath),
  );
  const when = vscode.workspace.getConfiguration('task').get<string>('saveBeforeRun');
  return saveEdited(edited, when, () => askToSave(edited));
}

async function askToSave(edited: readonly vscode.TextDocument[]): Promise<'save' | 'leave' | undefined> {
  const save = vscode.l10n.t('Save');
  const leave = vscode.l10n.t("Don't Save");
  const detail = edited.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join('\n');
  const question = vscode.l10n.t('Save what was edited of the kext before it is built?');
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, save, leave);
  return chosen === save ? 'save' : chosen === leave ? 'leave' : undefined;
}
