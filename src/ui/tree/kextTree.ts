import * as vscode from 'vscode';
import { kexts } from '../numbers.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { KextView } from '../session/kextView.ts';
import type { Onlookers } from '../session/onlookers.ts';
import { type FilteredRows, filteredRows } from './filteredRows.ts';
import { stuckBadge } from './stuckBadge.ts';
import type { TreeRow } from './treeRow.ts';
import { treeRows } from './treeRows.ts';
import { emptyMessage, nothingButApple, waysOut } from './waysOut.ts';

/** A first read that takes longer, in ms, builds the Simulated Mac's kernel. */
const preparingAfterMs = 1500;

/** The Loaded Kexts view. */
export class KextTree implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly #session: KextSession;
  readonly #view: vscode.TreeView<TreeRow>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  #preparing: NodeJS.Timeout | undefined;
  #filter = '';

  /** `follow` is called when it is seen. */
  constructor(session: KextSession, onlookers: Onlookers, follow: () => void) {
    this.#session = session;
    this.#view = vscode.window.createTreeView('kext.loaded', { treeDataProvider: this, showCollapseAll: true });
    onlookers.add(() => this.#view.visible);
    this.#subscriptions = [
      session.onDidChange(() => this.#refresh()),
      this.#view.onDidChangeVisibility(({ visible }) => visible && follow()),
    ];
    this.#refresh();
  }

  getChildren(row?: TreeRow): TreeRow[] {
    if (row !== undefined) return [...(row.children ?? [])];
    return [...waysOut(this.#session.emptyReason, this.#session.view.target), ...this.#filtered().rows];
  }

  #filtered(): FilteredRows {
    return filteredRows(treeRows(this.#session.view), this.#filter);
  }

  /** Shows only kexts with this text in their name or in that of a class; empty shows all. */
  setFilter(text: string): void {
    this.#filter = text.trim();
    void vscode.commands.executeCommand('setContext', 'kext.filtered', this.#filter !== '');
    this.#refresh();
  }

  get filter(): string {
    return this.#filter;
  }

  getParent(row: TreeRow): TreeRow | undefined {
    return parentOf(row.id, this.getChildren());
  }

  /** Selects the row of a class of the developer's own kext and gives it the focus; a filter that hides it is taken away. */
  async reveal(className: string | undefined): Promise<void> {
    if (this.#filter !== '' && this.#rowOf(className) === undefined) this.setFilter('');
    const row = this.#rowOf(className);
    if (row === undefined) await vscode.commands.executeCommand('kext.loaded.focus');
    else await this.#view.reveal(row, { select: true, focus: true });
  }

  #rowOf(className: string | undefined): TreeRow | undefined {
    const rows = this.getChildren().flatMap(row => row.children ?? []);
    return className === undefined ? undefined : rows.find(each => each.className === className);
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
    if (row.command !== undefined)
      item.command = {
        command: row.command,
        title: row.label,
        arguments: row.argument === undefined ? [] : [row.argument],
      };
    if (row.className !== undefined)
      item.command = { command: 'kext.goToClass', title: vscode.l10n.t('Go to Class'), arguments: [row] };
    return item;
  }

  #refresh(): void {
    const { view } = this.#session;
    this.#view.badge = stuckBadge(view);
    this.#view.description = view.target?.name ?? '';
    this.#showMessage(view);
    this.#changed.fire();
  }

  /** The mistake, or that the target is read. A message hides the welcome texts, so there is none beside them. */
  #showMessage(view: KextView): void {
    const { reading, target } = view;
    const { emptyReason, problem } = this.#session;
    if (reading && target !== undefined) {
      this.#preparing ??= setTimeout(() => this.#showPreparing(), preparingAfterMs);
      this.#view.message ||= vscode.l10n.t('Reading {0}…', target.called);
      return;
    }
    clearTimeout(this.#preparing);
    this.#preparing = undefined;
    this.#view.message = emptyMessage(emptyReason, problem?.problem) || this.#filterMessage() || nothingButApple(view);
  }

  #filterMessage(): string {
    if (this.#filter === '') return '';
    const { shown, all } = this.#filtered();
    return vscode.l10n.t('“{0}”: {1} of {2}', this.#filter, shown, kexts(all));
  }

  #showPreparing(): void {
    const { reading, target } = this.#session.view;
    if (reading && target?.simulated) this.#view.message = vscode.l10n.t('Preparing {0} (once)…', target.called);
  }

  dispose(): void {
    clearTimeout(this.#preparing);
    for (const each of [...this.#subscriptions, this.#view, this.#changed]) each.dispose();
  }
}

function parentOf(id: string, rows: readonly TreeRow[]): TreeRow | undefined {
  for (const row of rows) {
    const children = row.children ?? [];
    const found = children.some(child => child.id === id) ? row : parentOf(id, children);
    if (found !== undefined) return found;
  }
  return undefined;
}

function icon({ icon: name, colour }: TreeRow): vscode.ThemeIcon {
  if (colour === undefined) return new vscode.ThemeIcon(name);
  // Those of lists are not set in the themes of high contrast.
  const id = colour === 'error' ? 'problemsErrorIcon.foreground' : 'problemsWarningIcon.foreground';
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(id));
}
