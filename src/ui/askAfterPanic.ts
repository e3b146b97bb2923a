import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';
import { showPanicReport } from './showPanicReport.ts';

/** What is done about a kext under which its target went down. */
export type AfterPanic = 'reload' | 'reloadAnyway' | 'uninstall' | 'nothing';

/** Shows how the target went down under the kext before a reload is done again, and asks; `reload` where it did not. */
export async function askAfterPanic(session: KextSession): Promise<AfterPanic> {
  // A window that has just opened has not looked yet.
  if (session.operation === undefined) await session.refresh();
  const { operation } = session;
  const panic = await operation?.records.panic.read();
  if (operation === undefined || panic === undefined) return 'reload';
  const { project, target } = operation;
  const { diagnosis, report } = panic;
  const uninstall = vscode.l10n.t('Uninstall Kext');
  const show = vscode.l10n.t('Show Panic Report');
  const again = vscode.l10n.t('Reload Anyway');
  const message =
    diagnosis.cause === 'panicked'
      ? vscode.l10n.t('{0} has panicked {1}.', project.bundleIdentifier, target.called)
      : vscode.l10n.t('{1} went down under the last operation on {0}.', project.bundleIdentifier, target.called);
  const detail = [diagnosis.message, diagnosis.remedy].filter(text => text !== '').join('\n');
  const choices = report === undefined ? [uninstall, again] : [uninstall, show, again];
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...choices);
  if (chosen === show) await showPanicReport(report);
  if (chosen === uninstall) return 'uninstall';
  return chosen === again ? 'reloadAnyway' : 'nothing';
}
