import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';
import { stuckBadge } from './stuckBadge.ts';
import type { TreeRow } from './treeRow.ts';
import { treeRows } from './treeRows.ts';

/** The Loaded Kexts view. */
export class KextTree implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly #session: KextSession;
  readonly #view: vscode.TreeView<TreeRow>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(session: KextSession) {
    this.#session = session;
    this.#view = vscode.window.createTreeView('kext.loaded', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      session.onDidChange(() => this.#refresh()),
      this.#view.onDidChangeVisibility(({ visible }) => visible && session.refresh()),
    ];
    this.#refresh();
  }

  getChildren(row?: TreeRow): TreeRow[] {
    return [...(row === undefined ? treeRows(this.#session.view) : (row.children ?? []))];
  }

  getTreeItem(row: TreeRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const open = row.expanded ? Expanded : Collapsed;
    const item = new vscode.TreeItem(row.label, (row.children ?? []).length === 0 ? None : open);
    item.id = row.id;
    item.iconPath = icon(row);
    item.accessibilityInformation = { label: row.spoken };
    if (row.description !== undefined) item.description = row.description;
    if (row.tooltip !== undefined) item.tooltip = row.tooltip;
    if (row.context !== undefined) item.contextValue = row.context;
    if (row.className !== undefined)
      item.command = { command: 'kext.goToClass', title: 'Go to Class', arguments: [row] };
    return item;
  }

  #refresh(): void {
    const { view } = this.#session;
    this.#view.badge = stuckBadge(view);
    this.#view.description = view.target?.name ?? '';
    this.#view.message = this.#message();
    this.#changed.fire();
  }

  #message(): string {
    const { view, emptyReason, problem } = this.#session;
    if (emptyReason === 'unreachable' || emptyReason === 'problem') return problem?.problem ?? '';
    return view.target !== undefined && view.snapshot === undefined ? `Reading ${view.target.called}…` : '';
  }

  dispose(): void {
    for (const each of [...this.#subscriptions, this.#view, this.#changed]) each.dispose();
  }
}

function icon({ icon: name, colour }: TreeRow): vscode.ThemeIcon {
  if (colour === undefined) return new vscode.ThemeIcon(name);
  const id = colour === 'error' ? 'list.errorForeground' : 'list.warningForeground';
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(id));
}
