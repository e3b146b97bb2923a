import * as vscode from 'vscode';
import { unlinked } from '../unlinked.ts';

/** Asks whether a task may begin that nobody but the folder has started; `title` says what it does, where. Without an answer it waits until the abort. */
export async function askFolderTask(title: string, signal: AbortSignal): Promise<boolean> {
  const now = vscode.l10n.t('Do It Now');
  const notNow = vscode.l10n.t('Not Now');
  const message = vscode.l10n.t('A task of this folder wants to begin: {0}.', title);
  const cancelled = new Promise<undefined>(resolve => signal.addEventListener('abort', () => resolve(undefined)));
  const chosen = await Promise.race([vscode.window.showInformationMessage(unlinked(message), now, notNow), cancelled]);
  return chosen === now && !signal.aborted;
}
