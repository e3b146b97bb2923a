import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';
import type { SessionWorld } from './sessionWorld.ts';

/** Select Target: the choice is remembered for this workspace. */
export async function selectTarget(session: KextSession, world: Pick<SessionWorld, 'targets'>): Promise<void> {
  const items = world.targets.map(({ id, name, description }) => ({ label: name, detail: description, id }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Select Target'),
    placeHolder: vscode.l10n.t('The Mac that loads your kext'),
  });
  if (chosen !== undefined) await session.selectTarget(chosen.id);
}
