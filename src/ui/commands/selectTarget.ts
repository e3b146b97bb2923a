import * as vscode from 'vscode';
import type { KextSession } from '../session/kextSession.ts';
import type { SessionWorld } from '../session/sessionWorld.ts';
import { readTargetsSetting } from '../settings/targetSettings.ts';
import { askHost } from './askHost.ts';
import { explainNothing } from './explainNothing.ts';
import { pickBeginningOn } from './pickBeginningOn.ts';
import { targetItems } from './targetItems.ts';

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

/** Lets one of the targets be chosen, beginning on the one of now, and gives its id. */
export async function chooseTarget(
  session: KextSession,
  world: World,
  shown: { readonly title: string; readonly placeHolder: string },
): Promise<string | undefined> {
  const now = session.operation?.target.id ?? idOf(session.chosenTarget(undefined));
  const isNow = ({ id }: Item) => id !== undefined && id === now;
  const chosen = await pickBeginningOn(itemsOf(session, world, now), isNow, shown);
  return chosen === undefined ? undefined : (chosen.id ?? (await askHost(world)));
}

async function itemsOf(session: KextSession, world: World, now: string | undefined): Promise<readonly Item[]> {
  const { own } = session.view;
  const folder = own === undefined ? undefined : vscode.Uri.file(own.folder);
  const setting = readTargetsSetting(vscode.workspace.getConfiguration('kext', folder).get<unknown>('targets'), world);
  // One that was named by hand stands nowhere else.
  const ids = [...setting.ids, ...(now === undefined ? [] : [now])];
  const { targets, problems } = await world.offeredTargets(ids);
  const offered = { targets, problems: [...problems, ...setting.problems] };
  return targetItems(offered, now).flatMap(({ title, items }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...items.map(({ icon, ...item }) => ({ ...item, iconPath: new vscode.ThemeIcon(icon) })),
  ]);
}

function idOf(chosen: ReturnType<KextSession['chosenTarget']>): string | undefined {
  return chosen === undefined || 'problem' in chosen ? undefined : chosen.id;
}
