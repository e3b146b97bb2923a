import * as vscode from 'vscode';
import type { SessionWorld } from '../session/sessionWorld.ts';

/** Asks for a Mac over SSH and gives its id; what is no host is said while it is typed. */
export async function askHost({ targetNamed }: Pick<SessionWorld, 'targetNamed'>): Promise<string | undefined> {
  const idOf = (typed: string) => `ssh:${typed.trim().replace(/^ssh:/, '')}`;
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('A Mac over SSH'),
    prompt: vscode.l10n.t('A name of your ssh configuration, a host name or an address'),
    placeHolder: vscode.l10n.t('mini, dev@10.0.0.7'),
    ignoreFocusOut: true,
    validateInput: text => {
      if (text.trim() === '' || !('problem' in targetNamed(idOf(text)))) return undefined;
      return vscode.l10n.t(
        'Expected a host name or an address, as mini or dev@10.0.0.7. A port and all else stand in your ssh configuration.',
      );
    },
  });
  return typed === undefined || typed.trim() === '' ? undefined : idOf(typed);
}
