import * as vscode from 'vscode';

/** Asks whether a task may begin that nobody but the folder has started. Without an answer it waits until the abort. */
export async function askFolderTask(
  title: string,
  kext: string,
  target: string,
  signal: AbortSignal,
): Promise<boolean> {
  const notNow = 'Not Now';
  const message = `${title} ${kext} on ${target} now? A task of this folder wants to.`;
  const cancelled = new Promise<undefined>(resolve => signal.addEventListener('abort', () => resolve(undefined)));
  const chosen = await Promise.race([vscode.window.showInformationMessage(message, title, notNow), cancelled]);
  return chosen === title && !signal.aborted;
}
