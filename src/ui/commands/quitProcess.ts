import * as vscode from 'vscode';
import { usingProcesses } from '../../diagnosis/holders.ts';
import type { RunningProcess } from '../../model/driverUse.ts';
import type { KextSession } from '../session/kextSession.ts';

/**
 * Which process that has the own kext's driver open is to be quit: the one of that pid where it is named, else a question
 * where there are several.
 */
export async function chooseProcess(session: KextSession, pid?: number): Promise<RunningProcess | undefined> {
  await session.refresh();
  const using = usingProcesses(session.view.snapshot?.objects ?? []);
  const found = using.filter(process => pid === undefined || process.pid === pid);
  const [only, ...others] = found;
  if (only === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('No process has the driver open.'));
  if (others.length === 0) return only;
  const items = found.map(process => ({
    label: process.name,
    description: vscode.l10n.t('pid {0}', process.pid),
    process,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Quit a Process') }))?.process;
}
