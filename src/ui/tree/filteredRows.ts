import * as l10n from '@vscode/l10n';
import type { TreeRow } from './treeRow.ts';

/** What a filter leaves of a tree. */
export interface FilteredRows {
  readonly rows: readonly TreeRow[];
  /** Kexts that are shown, and all that there are. */
  readonly shown: number;
  readonly all: number;
}

/**
 * The rows of the kexts whose name or one of whose classes has the text in it, in any case, and every row that is no
 * kext. A folder is open where something in it is found.
 */
export function filteredRows(rows: readonly TreeRow[], text: string): FilteredRows {
  const sought = text.trim().toLowerCase();
  const kept = sought === '' ? rows : rows.flatMap(row => keep(row, sought));
  return { rows: kept, shown: kextsIn(kept), all: kextsIn(rows) };
}

function keep(row: TreeRow, sought: string): readonly TreeRow[] {
  if (isKext(row)) return matches(row, sought) ? [row] : [];
  if (row.context !== 'folder') return [row];
  const children = (row.children ?? []).filter(child => matches(child, sought));
  // Another id: VS Code would keep the row as closed as it was.
  const shown = l10n.t('{0} shown', children.length);
  const found = { description: shown, spoken: `${row.spoken}, ${shown}`, children };
  return children.length === 0 ? [] : [{ ...row, ...found, id: `${row.id}:filtered`, expanded: true }];
}

function matches(row: TreeRow, sought: string): boolean {
  const names = [row.label, row.kext ?? '', ...(row.children ?? []).flatMap(({ className = '' }) => className)];
  return names.some(name => name.toLowerCase().includes(sought));
}

function isKext({ context = '' }: TreeRow): boolean {
  return context.startsWith('kext.');
}

function kextsIn(rows: readonly TreeRow[]): number {
  return rows.reduce(
    (sum, row) => sum + (isKext(row) ? 1 : row.context === 'folder' ? kextsIn(row.children ?? []) : 0),
    0,
  );
}
