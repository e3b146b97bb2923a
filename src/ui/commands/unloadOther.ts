import * as vscode from 'vscode';
import { dependents, isApple, type Kext } from '../../model/kext.ts';
import { loadedKext } from '../../model/snapshot.ts';
import type { OperationResult } from '../../operations/operation.ts';
import type { KextSession } from '../session/kextSession.ts';
import { subjectOf } from '../session/targetFindings.ts';
import { unlinked } from '../unlinked.ts';
import { endingText } from '../work/endingText.ts';
import { targetWork } from '../work/lazyWork.ts';
import type { OperationQueue } from '../work/operationQueue.ts';
import { showPanicReport } from '../work/showPanicReport.ts';

/** What the unload of another vendor's kext works with. */
export interface UnloadOtherParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
}

/** Unloads another vendor's kext, once the developer has confirmed it by its name and by what uses it. */
export async function unloadOtherKext(
  { session, queue }: UnloadOtherParts,
  bundleIdentifier: string | undefined,
): Promise<void> {
  const { operation } = session;
  const { snapshot } = session.view;
  const kext = snapshot && bundleIdentifier !== undefined ? loadedKext(snapshot, bundleIdentifier) : undefined;
  if (operation === undefined || snapshot === undefined || kext === undefined || isApple(kext.bundleIdentifier)) return;
  const { onForeignKext, unloadOther, interruptedOperation } = await targetWork();
  const foreign = onForeignKext(operation, kext.bundleIdentifier);
  const { called } = foreign.target;
  // Finds out whether the target went down under an unload that was cut; one that is away is told of by the unload itself.
  await interruptedOperation(foreign, new AbortController().signal).catch(() => undefined);
  const earlier = (await foreign.records.panic.read())?.diagnosis.message;
  if (!(await confirm(kext, dependents(kext, snapshot.kexts), called, earlier))) return;
  const subject = subjectOf(foreign);
  const open = async () => foreign;
  const meant = { bundleIdentifier: kext.bundleIdentifier, subject, foreign: true, open } as const;
  const ran = await queue.run({ title: 'Unload', kext: meant }, unloadOther);
  if (ran !== undefined) tell(ran.result, { kext: kext.bundleIdentifier, target: called });
  await session.refresh();
}

/** Its findings are no Problems: they have no place in this workspace. */
function tell(result: OperationResult, names: { readonly kext: string; readonly target: string }): void {
  const ending = endingText('unload', result, names);
  if (ending.kind === 'information') void vscode.window.showInformationMessage(unlinked(ending.message));
  if (ending.kind !== 'failure') return;
  const { panicReport } = result;
  const choices = panicReport === undefined ? [] : [vscode.l10n.t('Show Panic Report')];
  void vscode.window.showErrorMessage(unlinked(ending.message ?? ''), ...choices).then(async chosen => {
    if (chosen !== undefined) await showPanicReport(panicReport);
  });
}

/** `earlier`: how the target went down under it before. */
async function confirm(
  kext: Kext,
  needing: readonly Kext[],
  target: string,
  earlier: string | undefined,
): Promise<boolean> {
  const name = kext.bundleIdentifier;
  const unload = vscode.l10n.t('Unload');
  const users = needing.map(({ bundleIdentifier }) => bundleIdentifier).join(', ');
  const use =
    users === ''
      ? vscode.l10n.t('No loaded kext is linked against it.')
      : vscode.l10n.t('Linked against it, so that the kernel will refuse: {0}.', users);
  const detail = [
    ...(earlier === undefined ? [] : [vscode.l10n.t('The last operation on it took {0} down: {1}', target, earlier)]),
    vscode.l10n.t(
      'It is no kext of this workspace: whatever uses it stops working, and loading it again is left to you.',
    ),
    use,
  ].join('\n');
  const message = vscode.l10n.t('Unload {0} from {1}?', name, target);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, unload)) === unload;
}
