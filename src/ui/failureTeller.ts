import * as vscode from 'vscode';
import { PartNotRead } from './readPart.ts';

/** Writes down why work failed that nobody has asked for, and tells it where the views say nothing of it. */
export function failureTeller(log: vscode.LogOutputChannel): (error: unknown) => void {
  return error => {
    log.error(error instanceof Error ? error : String(error));
    if (error instanceof PartNotRead) void offerReload(error.message);
  };
}

async function offerReload(text: string): Promise<void> {
  const reload = vscode.l10n.t('Reload Window');
  const chosen = await vscode.window.showErrorMessage(text, reload);
  if (chosen === reload) await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
