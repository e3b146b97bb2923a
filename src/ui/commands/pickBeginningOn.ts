import * as vscode from 'vscode';

/**
 * Lets one of the items be chosen; undefined where none is. As showQuickPick does, it shows the list at once and fills it when the items
 * are there; that one always begins on the first, this one on the item that `isBegin` says. Rejects as the items do.
 */
export async function pickBeginningOn<Item extends vscode.QuickPickItem>(
  items: Promise<readonly Item[]>,
  isBegin: (item: Item) => boolean,
  { title, placeHolder }: { readonly title: string; readonly placeHolder: string },
): Promise<Item | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  Object.assign(pick, { title, placeholder: placeHolder, matchOnDescription: true, busy: true });
  const chosen = new Promise<Item | undefined>(resolve => {
    pick.onDidAccept(() => pick.selectedItems[0] && resolve(pick.selectedItems[0]));
    pick.onDidHide(() => resolve(undefined));
  });
  const filled = items.then(all => {
    const begin = all.find(isBegin);
    pick.items = all;
    if (begin !== undefined) pick.activeItems = [begin];
    pick.busy = false;
    return chosen;
  });
  pick.show();
  try {
    return await Promise.race([chosen, filled]);
  } finally {
    pick.dispose();
  }
}
