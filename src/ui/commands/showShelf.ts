import * as vscode from 'vscode';
import type { ShelvedReload } from '../../operations/shelf/shelf.ts';
import { copyAutopsy } from '../problems/copyAutopsy.ts';
import type { KextSession } from '../session/kextSession.ts';
import { loadShelvedWork } from '../work/lazyWork.ts';
import { onceSeen } from '../work/onceSeen.ts';
import type { OperationQueue } from '../work/operationQueue.ts';
import { tellEnding } from '../work/tellEnding.ts';
import { explainNothing } from './explainNothing.ts';
import { comparedCounts, type ShelfItem, shelfItems } from './shelfItems.ts';

/** What Show Shelf works with. */
export interface ShelfParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
}

type Act = () => unknown;

/** Show Shelf: the reloads that are kept, and what can be done with one of them. */
export async function showShelf(parts: ShelfParts): Promise<void> {
  const { session } = parts;
  await session.refresh();
  const { operation, view } = session;
  if (operation === undefined) return explainNothing(session.emptyReason, session.problem?.problem);
  const reloads = (await operation.shelf?.reloads()) ?? [];
  const { bundleIdentifier } = operation.project;
  if (reloads.length === 0) {
    const none = vscode.l10n.t('No reload of {0} on {1} is kept.', bundleIdentifier, operation.target.called);
    return void vscode.window.showInformationMessage(none);
  }
  const items = shelfItems(reloads, view.snapshot);
  const title = vscode.l10n.t('Shelf of {0} on {1}', bundleIdentifier, operation.target.called);
  const chosen = await choose(items, title, vscode.l10n.t('A reload, newest first'));
  if (chosen === undefined) return;
  const actions = actionsOn(chosen.reload, items, parts);
  const act = await vscode.window.showQuickPick(actions, { title: chosen.label.replace(/^\$\([^)]*\) /, '') });
  await act?.act();
}

function choose(items: readonly ShelfItem[], title: string, placeHolder: string): Thenable<ShelfItem | undefined> {
  return vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true, matchOnDetail: true });
}

function actionsOn(
  reload: ShelvedReload,
  items: readonly ShelfItem[],
  parts: ShelfParts,
): readonly (vscode.QuickPickItem & { readonly act: Act })[] {
  return [
    {
      label: vscode.l10n.t('$(arrow-circle-up) Load This Build'),
      description: vscode.l10n.t('unload what runs, install and load it, prove it by its UUID'),
      act: () => loadBuild(reload, parts),
    },
    {
      label: vscode.l10n.t('$(clippy) Copy Autopsy'),
      description: vscode.l10n.t('what was found when it ended'),
      act: () => copyAutopsy(reload.diagnoses),
    },
    {
      label: vscode.l10n.t('$(diff) Compare Counts…'),
      description: vscode.l10n.t('with those of another reload'),
      act: () => compareCounts(reload, items),
    },
    { label: vscode.l10n.t('$(folder-opened) Reveal'), description: reload.folder, act: () => reveal(reload) },
  ];
}

async function loadBuild(reload: ShelvedReload, parts: ShelfParts): Promise<void> {
  const { session, queue } = parts;
  const work = await onceSeen(parts, loadShelvedWork(reload), vscode.l10n.t('Load Anyway'));
  if (work === undefined) return;
  tellEnding('load', await queue.run({ title: 'Load' }, work), session);
}

async function compareCounts(reload: ShelvedReload, items: readonly ShelfItem[]): Promise<void> {
  const others = items.filter(item => item.reload !== reload);
  if (others.length === 0) {
    const alone = vscode.l10n.t('It is the only reload that is kept: there is none to compare it with.');
    return void vscode.window.showInformationMessage(alone);
  }
  const other = await choose(others, vscode.l10n.t('Compare Counts'), vscode.l10n.t('The other reload'));
  if (other === undefined) return;
  const content = comparedCounts(reload, other.reload);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: 'plaintext' }));
}

/** A window in a browser has no file manager: then the path is told. */
async function reveal({ folder, bundle }: ShelvedReload): Promise<void> {
  try {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(bundle));
  } catch {
    void vscode.window.showInformationMessage(folder);
  }
}
