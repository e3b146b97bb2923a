import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';

/** Asks which of the window's kexts the commands and the views are about, and remembers it. */
export async function selectKext(session: KextSession): Promise<void> {
  const shown = session.view.own?.bundleIdentifier;
  const items = session.kexts.map(({ root, infoPlist }) => ({
    label: infoPlist.bundleIdentifier ?? '',
    description: infoPlist.bundleIdentifier === shown ? 'shown now' : '',
    detail: relative(root, infoPlist.file),
    file: infoPlist.file,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Select Kext'),
    placeHolder: vscode.l10n.t('The kext that Reload and the tree are about'),
  });
  if (chosen !== undefined) await session.selectKext(chosen.file);
}
