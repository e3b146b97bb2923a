import * as vscode from 'vscode';
import type { RemovedCopy, Sweep, SweptCopy } from '../../operations/install/staleCopies.ts';
import type { Operation } from '../../operations/operation.ts';
import { copyLines } from '../../report/sweepText.ts';
import type { KextSession } from '../session/kextSession.ts';
import { installPathOf } from '../settings/installPath.ts';
import { unlinked } from '../unlinked.ts';
import { askPassword } from '../work/askPassword.ts';
import { cancellable } from '../work/cancellable.ts';
import { targetWork } from '../work/lazyWork.ts';
import { explainNothing } from './explainNothing.ts';

interface CopyItem extends vscode.QuickPickItem {
  readonly copy: SweptCopy;
}

/** Find Stale Copies: shows every copy of the window's kext on its target, and removes those that are chosen and confirmed one by one. Rejects as the setting, the target and a cancel do. */
export async function sweepCopies(session: KextSession): Promise<void> {
  await session.refresh();
  const opened = session.operation;
  if (opened === undefined) return explainNothing(session.emptyReason, session.problem?.problem);
  const { called } = opened.target;
  const operation: Operation = {
    ...opened,
    progress: () => undefined,
    askPassword,
    installPath: installPathOf(opened.project),
    doing: vscode.l10n.t('Find Stale Copies'),
  };
  const title = vscode.l10n.t('Looking for copies of {0} on {1}', opened.project.bundleIdentifier, called);
  const sweep = await cancellable(vscode.ProgressLocation.Notification, title, async signal => {
    const { findStaleCopies } = await targetWork();
    return opened.target.withAnswers(askPassword, () => findStaleCopies(operation, signal));
  });
  const chosen = await show(sweep);
  if (chosen.size === 0) return;
  const agreed = new Set<SweptCopy>();
  for (const copy of sweep.copies) if (chosen.has(copy.path) && (await confirm(copy, called))) agreed.add(copy);
  if (agreed.size === 0) return;
  // It may have to wait for another window's or terminal's work on the kext.
  const removing = vscode.l10n.t('Removing copies of {0} from {1}', sweep.bundleIdentifier, called);
  const removed = await cancellable(vscode.ProgressLocation.Notification, removing, async signal =>
    (await targetWork()).removeStaleCopies(operation, sweep, async copy => agreed.has(copy), signal),
  );
  tell(removed);
}

/** The paths that are to be removed; what may not be is shown and cannot be chosen. */
async function show({ bundleIdentifier, target, copies, notices }: Sweep): Promise<ReadonlySet<string>> {
  if (!copies.some(({ isInstalledByReload }) => !isInstalledByReload)) {
    const found = vscode.l10n.t('No stale copy of {0} is on {1}.', bundleIdentifier, target);
    const more = notices.length === 0 ? '' : ` ${vscode.l10n.t('Not looked at: {0}', notices.join('; '))}`;
    void vscode.window.showInformationMessage(unlinked(found + more));
    return new Set();
  }
  const removable = copies.filter(({ isRemovable }) => isRemovable).map(item);
  const others = copies.filter(({ isRemovable }) => !isRemovable).map(item);
  const title = vscode.l10n.t('Copies of {0} on {1}', bundleIdentifier, target);
  if (removable.length === 0) {
    await vscode.window.showQuickPick(others, {
      title,
      placeHolder: vscode.l10n.t('None of them can be removed here'),
    });
    return new Set();
  }
  const shown = others.length === 0 ? [] : [{ label: vscode.l10n.t('Stay'), kind: vscode.QuickPickItemKind.Separator }];
  const chosen = await vscode.window.showQuickPick<vscode.QuickPickItem & Partial<CopyItem>>(
    [...removable, ...shown, ...others],
    { title, placeHolder: vscode.l10n.t('Choose what to remove; each is asked about'), canPickMany: true },
  );
  return new Set((chosen ?? []).flatMap(({ copy }) => (copy?.isRemovable ? [copy.path] : [])));
}

function item(copy: SweptCopy): CopyItem {
  const [what = '', ...more] = copyLines(copy).filter(line => !line.endsWith('--remove'));
  return { label: copy.path, description: what, detail: more.join(' · '), copy };
}

async function confirm(copy: SweptCopy, target: string): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const detail = [
    ...copyLines(copy).filter(line => !line.endsWith('--remove')),
    ...(copy.isLoaded ? [vscode.l10n.t('What is loaded stays loaded.')] : []),
  ].join('\n');
  const message = vscode.l10n.t('Remove {0} from {1}?', copy.path, target);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) === remove;
}

function tell(removed: readonly RemovedCopy[]): void {
  const failed = removed.filter(copy => copy.failed !== undefined);
  for (const { path, failed: why = '' } of failed)
    void vscode.window.showErrorMessage(unlinked(vscode.l10n.t('{0} was not removed: {1}', path, why)));
  if (failed.length === 0 && removed.length > 0)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Removed: {0}', removed.map(({ path }) => path).join(', ')),
    );
}
