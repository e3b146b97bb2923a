import * as vscode from 'vscode';

/** Asks for a filter and applies it while it is typed. Escape brings back the one before. */
export function askFilter(before: string, apply: (text: string) => void): void {
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('Filter Kexts');
  box.placeholder = vscode.l10n.t('Part of the name of a kext or a class');
  box.prompt = vscode.l10n.t('Empty shows all of them.');
  box.value = before;
  let accepted = false;
  box.onDidChangeValue(apply);
  box.onDidAccept(() => {
    accepted = true;
    box.hide();
  });
  box.onDidHide(() => {
    if (!accepted) apply(before);
    box.dispose();
  });
  box.show();
}
