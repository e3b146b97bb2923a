import * as vscode from 'vscode';
import { askHost } from './askHost.ts';
import { explainNothing } from './explainNothing.ts';
import type { KextSession } from './kextSession.ts';
import type { SessionWorld } from './sessionWorld.ts';
import { targetItems } from './targetItems.ts';
import { readTargetsSetting } from './targetSettings.ts';

type World = Pick<SessionWorld, 'offeredTargets' | 'targetNamed'>;

interface Item extends vscode.QuickPickItem {
  readonly id?: string | undefined;
}

/** Select Target: the choice is remembered for this workspace, or without a folder for every project that has none. */
export async function selectTarget(session: KextSession, world: World): Promise<void> {
  if (!vscode.workspace.isTrusted) return explainNothing('untrusted', undefined);
  const id = await chooseTarget(session, world, {
    title: vscode.l10n.t('Select Target'),
    placeHolder: vscode.l10n.t('The Mac that loads your kext'),
  });
  if (id === undefined) return;
  await session.selectTarget(id);
  // No view shows it before there is a project.
  if (session.emptyReason !== 'noFolder' && session.emptyReason !== 'noProject') return;
  const named = world.targetNamed(id);
  const name = 'problem' in named ? id : named.name;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is chosen: it loads the kext once there is a project.', name),
  );
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
  const { own } = session.view;
  const folder = own === undefined ? undefined : vscode.Uri.file(own.folder);
  const setting = readTargetsSetting(vscode.workspace.getConfiguration('kext', folder).get<unknown>('targets'), world);
  const chosen = session.operation?.target.id ?? idOf(session.chosenTarget(undefined));
  // One that was named by hand stands nowhere else.
  const ids = [...setting.ids, ...(chosen === undefined ? [] : [chosen])];
  const { targets, problems } = await world.offeredTargets(ids);
  const offered = { targets, problems: [...problems, ...setting.problems] };
  return targetItems(offered, chosen).flatMap(({ title, items }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...items.map(({ icon, ...item }) => ({ ...item, iconPath: new vscode.ThemeIcon(icon) })),
  ]);
}

function idOf(chosen: ReturnType<KextSession['chosenTarget']>): string | undefined {
  return chosen === undefined || 'problem' in chosen ? undefined : chosen.id;
}
