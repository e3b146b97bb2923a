import * as vscode from 'vscode';
import { askHost } from './askHost.ts';
import type { KextSession } from './kextSession.ts';
import type { SessionWorld } from './sessionWorld.ts';
import { targetItems } from './targetItems.ts';
import { readTargetsSetting } from './targetSettings.ts';

type World = Pick<SessionWorld, 'offeredTargets' | 'targetNamed'>;

interface Item extends vscode.QuickPickItem {
  readonly id?: string | undefined;
}

/** Select Target: the choice is remembered for this workspace. */
export async function selectTarget(session: KextSession, world: World): Promise<void> {
  const id = await chooseTarget(session, world, {
    title: vscode.l10n.t('Select Target'),
    placeHolder: vscode.l10n.t('The Mac that loads your kext'),
  });
  if (id !== undefined) await session.selectTarget(id);
}

/** Lets one of the targets be chosen, and gives its id. */
export async function chooseTarget(
  session: KextSession,
  world: World,
  shown: Pick<vscode.QuickPickOptions, 'title' | 'placeHolder'>,
): Promise<string | undefined> {
  const options = { ...shown, matchOnDescription: true };
  const chosen = await vscode.window.showQuickPick(itemsOf(session, world), options);
  return chosen === undefined ? undefined : (chosen.id ?? (await askHost(world)));
}

async function itemsOf(session: KextSession, world: World): Promise<readonly Item[]> {
  const setting = readTargetsSetting(vscode.workspace.getConfiguration('kext').get<unknown>('targets'), world);
  const chosen = session.operation?.target.id;
  // One that was named by hand stands nowhere else.
  const ids = [...setting.ids, ...(chosen === undefined ? [] : [chosen])];
  const { targets, problems } = await world.offeredTargets(ids);
  const offered = { targets, problems: [...problems, ...setting.problems] };
  return targetItems(offered, chosen).flatMap(({ title, items }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...items.map(({ icon, ...item }) => ({ ...item, iconPath: new vscode.ThemeIcon(icon) })),
  ]);
}
