import * as vscode from 'vscode';
import { kextKey } from '../../operations/project/kextKey.ts';
import { buildOptions } from '../../operations/xcode/buildOptions.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { SessionWorld } from '../session/sessionWorld.ts';
import { type BuildRow, buildRows } from './buildRows.ts';

/** How long Xcode may take to say what there is, in ms. */
const longestAskMs = 60_000;

interface BuildItem extends vscode.QuickPickItem {
  readonly row?: BuildRow;
}

/** Asks how Xcode builds the window's kext: scheme, configuration, architecture. The answer is remembered. */
export async function selectBuild(session: KextSession, { builds }: Pick<SessionWorld, 'builds'>): Promise<void> {
  const kext = session.kexts.find(each => kextKey(each) === session.view.own?.key);
  if (kext?.xcode === undefined) return;
  const { projectFile, target } = kext.xcode.build;
  const questions = vscode.workspace.isTrusted ? await builds.xcode() : undefined;
  const items = buildOptions(kext, questions, AbortSignal.timeout(longestAskMs)).then(options => {
    const rows =
      options === undefined ? [] : buildRows(options, kext.xcode?.build, builds.choiceOf(projectFile, target));
    return rows.map(itemOf);
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Select Build of {0}', target),
    placeHolder: vscode.l10n.t('What xcodebuild is told; one choice at a time'),
    matchOnDescription: true,
  });
  if (chosen?.row?.choice === undefined) return;
  await builds.choose(projectFile, target, chosen.row.choice);
  await session.refresh();
}

function itemOf(row: BuildRow): BuildItem {
  if (row.choice === undefined) return { label: row.label, kind: vscode.QuickPickItemKind.Separator };
  return { label: row.label, description: row.description, iconPath: new vscode.ThemeIcon(row.icon), row };
}
