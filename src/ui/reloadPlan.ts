import * as vscode from 'vscode';
import { planText } from '../report/planText.ts';
import { askPassword } from './askPassword.ts';
import { cancellable } from './cancellable.ts';
import { explainNothing } from './explainNothing.ts';
import { installPathOf } from './installPath.ts';
import type { KextSession } from './kextSession.ts';
import { targetWork } from './lazyWork.ts';
import type { TextPage } from './textPage.ts';

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
