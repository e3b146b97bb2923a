import * as vscode from 'vscode';
import { dependents, isApple, type Kext } from '../model/kext.ts';
import { loadedKext } from '../model/snapshot.ts';
import { failureOf } from '../operations/failure.ts';
import { cancellable } from './cancellable.ts';
import { endingText } from './endingText.ts';
import type { KextSession } from './kextSession.ts';
import { targetWork } from './lazyWork.ts';
import { operationTitle } from './operationTitle.ts';

/** Unloads another vendor's kext, once the developer has confirmed it by its name and by what uses it. */
export async function unloadOtherKext(session: KextSession, bundleIdentifier: string | undefined): Promise<void> {
  const { snapshot } = session.view;
  const { operation } = session;
  const target = operation?.target;
  const kext = snapshot && bundleIdentifier !== undefined ? loadedKext(snapshot, bundleIdentifier) : undefined;
  if (
    operation === undefined ||
    target === undefined ||
    snapshot === undefined ||
    kext === undefined ||
    isApple(kext.bundleIdentifier)
  )
    return;
  if (!(await confirm(kext, dependents(kext, snapshot.kexts), target.called))) return;
  try {
    const title = operationTitle('Unload', kext.bundleIdentifier, target.called);
    const { outcome, diagnoses } = await cancellable(vscode.ProgressLocation.Notification, title, async signal => {
      const { unloadOther, keepFilesSafe } = await targetWork();
      await keepFilesSafe(operation);
      return unloadOther(target, kext.bundleIdentifier, signal);
    });
    const names = { kext: kext.bundleIdentifier, target: target.called };
    const ending = endingText('unload', { outcome, diagnoses, phases: [] }, names);
    if (ending.kind === 'information') void vscode.window.showInformationMessage(ending.message);
    if (ending.kind === 'failure') void vscode.window.showErrorMessage(ending.message ?? '');
  } catch (error) {
    void vscode.window.showErrorMessage(failureOf(error).message);
  } finally {
    await session.refresh();
  }
}

async function confirm(kext: Kext, needing: readonly Kext[], target: string): Promise<boolean> {
  const name = kext.bundleIdentifier;
  const unload = vscode.l10n.t('Unload');
  const users = needing.map(({ bundleIdentifier }) => bundleIdentifier).join(', ');
  const use =
    users === ''
      ? vscode.l10n.t('No loaded kext is linked against it.')
      : vscode.l10n.t('Linked against it, so that the kernel will refuse: {0}.', users);
  const detail = [
    vscode.l10n.t(
      'It is no kext of this workspace: whatever uses it stops working, and loading it again is left to you.',
    ),
    use,
  ].join('\n');
  const message = vscode.l10n.t('Unload {0} from {1}?', name, target);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, unload)) === unload;
}
