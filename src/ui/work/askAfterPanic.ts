import * as vscode from 'vscode';
import { isKextMeant } from '../commands/selectKext.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { MeantKext } from './operationQueue.ts';
import { showPanicReport } from './showPanicReport.ts';

/** What is done about a kext under which its target went down. */
export type AfterPanic = 'goOn' | 'goOnAnyway' | 'uninstall' | 'nothing';

/**
 * Shows how the target went down under the kext before it is loaded again, and asks; `goOn` where it did not. `anyway`: what the button
 * says that goes on; `kext`: the one that is meant where that is not the window's own.
 */
export async function askAfterPanic(session: KextSession, anyway: string, kext?: MeantKext): Promise<AfterPanic> {
  if (kext === undefined && !(await isKextMeant(session))) return 'nothing';
  // Why it cannot be opened the operation itself says.
  const operation = kext === undefined ? session.operation : await kext.open().catch(() => undefined);
  const panic = await operation?.records.panic.read();
  if (operation === undefined || panic === undefined) return 'goOn';
  const { project, target } = operation;
  const { diagnosis, report } = panic;
  const uninstall = vscode.l10n.t('Uninstall Kext');
  const show = vscode.l10n.t('Show Panic Report');
  const message =
    diagnosis.cause === 'panicked'
      ? vscode.l10n.t('{0} has panicked {1}.', project.bundleIdentifier, target.called)
      : vscode.l10n.t('{1} went down under the last operation on {0}.', project.bundleIdentifier, target.called);
  const detail = [diagnosis.message, diagnosis.remedy].filter(text => text !== '').join('\n');
  const choices = report === undefined ? [uninstall, anyway] : [uninstall, show, anyway];
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...choices);
  if (chosen === show) await showPanicReport(report);
  if (chosen === uninstall) return 'uninstall';
  return chosen === anyway ? 'goOnAnyway' : 'nothing';
}
