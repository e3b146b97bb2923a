import * as vscode from 'vscode';
import { unlinked } from '../unlinked.ts';
import { lookWork } from './lazyWork.ts';
import { PartNotRead } from './readPart.ts';

/** Writes down why work failed that nobody has asked for, and tells it where the views say nothing of it. */
export function failureTeller(log: vscode.LogOutputChannel): (error: unknown) => void {
  return error => {
    log.error(error instanceof Error ? error : String(error));
    if (error instanceof PartNotRead) void offerReload(error.message);
  };
}

/** The same for a command: whoever ran it is told in any case, but for what they have cancelled themselves. */
export function commandFailureTeller(log: vscode.LogOutputChannel): (error: unknown) => void {
  const writeDown = failureTeller(log);
  return error => {
    if (error instanceof Error && error.name === 'AbortError') return;
    writeDown(error);
    if (!(error instanceof PartNotRead)) void tell(error, log).catch(writeDown);
  };
}

async function tell(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const { failureOf } = await lookWork();
  const show = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(unlinked(failureOf(error).message), show)) === show) log.show();
}

async function offerReload(text: string): Promise<void> {
  const reload = vscode.l10n.t('Reload Window');
  const chosen = await vscode.window.showErrorMessage(text, reload);
  if (chosen === reload) await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
