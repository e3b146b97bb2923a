import * as vscode from 'vscode';
import type { KextView } from './kextView.ts';

/** What is done about a kext that has panicked its target. */
export type AfterPanic = 'reload' | 'uninstall' | 'nothing';

/** Shows the panic before a reload is done again, and asks; `reload` where there was none. */
export async function askAfterPanic({ diagnoses, own, target }: KextView): Promise<AfterPanic> {
  const panic = diagnoses.find(({ cause }) => cause === 'panicked');
  if (panic === undefined) return 'reload';
  const uninstall = vscode.l10n.t('Uninstall Kext');
  const again = vscode.l10n.t('Reload Anyway');
  const message = vscode.l10n.t('{0} has panicked {1}.', own?.bundleIdentifier ?? '', target?.called ?? '');
  const detail = [panic.message, panic.remedy].filter(text => text !== '').join('\n');
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, uninstall, again);
  if (chosen === uninstall) return 'uninstall';
  return chosen === again ? 'reload' : 'nothing';
}
