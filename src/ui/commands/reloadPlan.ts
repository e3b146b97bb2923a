import * as vscode from 'vscode';
import { planText } from '../../report/planText.ts';
import type { TextPage } from '../pages/textPage.ts';
import type { KextSession } from '../session/kextSession.ts';
import { installPathOf } from '../settings/installPath.ts';
import { askPassword } from '../work/askPassword.ts';
import { cancellable } from '../work/cancellable.ts';
import { targetWork } from '../work/lazyWork.ts';
import { explainNothing } from './explainNothing.ts';

/** Show Reload Plan: a page, looked up anew each time. Rejects as reading the target and the setting do. */
export async function showReloadPlan(session: KextSession, page: TextPage): Promise<void> {
  await session.refresh();
  const { operation } = session;
  if (operation === undefined) return explainNothing(session.emptyReason, session.problem?.problem);
  const installPath = installPathOf(operation.project);
  const title = vscode.l10n.t('Plan the reload of {0}', operation.project.bundleIdentifier);
  const plan = await cancellable(vscode.ProgressLocation.Window, title, async signal => {
    const { planReload } = await targetWork();
    const planned = { ...operation, installPath, progress: () => undefined };
    return operation.target.withAnswers(askPassword, () => planReload(planned, signal));
  });
  page.text = `${planText(plan)}\n`;
  await vscode.window.showTextDocument(page.place, { preview: true });
}
