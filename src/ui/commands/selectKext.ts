import { relative } from 'node:path';
import * as vscode from 'vscode';
import { kextKey } from '../../operations/project/kextKey.ts';
import type { FoundKext } from '../../operations/project/kextProject.ts';
import { calledAmong } from '../session/calledAmong.ts';
import { kextPlace } from '../session/kextPlace.ts';
import type { KextSession } from '../session/kextSession.ts';

/** Whether it is clear which kext is meant, as a window that has just opened learns by a look; asked where only the user can tell. */
export async function isKextMeant(session: KextSession): Promise<boolean> {
  if (session.operation === undefined) await session.refresh();
  return session.emptyReason !== 'severalKexts' || selectKext(session);
}

/** Asks which of the window's kexts the commands and the views are about, and remembers it; false where nobody says it. */
export async function selectKext(session: KextSession): Promise<boolean> {
  const { kexts } = session;
  const items = kexts.map(kext => ({
    label: calledAmong(kexts, kext, placeOf(kext)),
    description: kextKey(kext) === session.view.own?.key ? vscode.l10n.t('shown now') : '',
    detail: kextPlace(kext),
    key: kextKey(kext),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Select Kext'),
    placeHolder: vscode.l10n.t('The kext that Reload and the tree are about'),
    matchOnDetail: true,
  });
  if (chosen === undefined) return false;
  await session.selectKext(chosen.key);
  return true;
}

/** Of its project, below the folder in which it was found. */
function placeOf({ root, infoPlist, xcode }: FoundKext): string {
  return relative(root, xcode?.build.projectFile ?? infoPlist.file);
}
