import { type EmptyReason, untrustedText } from './emptyReason.ts';
import type { TreeRow } from './treeRow.ts';

/** Rows that lead out of a mistake or a silent target. VS Code shows no welcome text below a message that says which. */
export function waysOut(reason: EmptyReason): readonly TreeRow[] {
  if (reason === 'untrusted') return [manageTrust];
  if (reason === 'problem') return [showProblems, refresh];
  return reason === 'unreachable' ? [refresh, showLog] : [];
}

/** What stands above those rows; `problem` is what was found wrong. */
export function emptyMessage(reason: EmptyReason, problem: string | undefined): string {
  if (reason === 'untrusted') return untrustedText;
  return waysOut(reason).length > 0 ? (problem ?? '') : '';
}

function way(label: string, icon: string, command: string): TreeRow {
  return { id: `way:${command}`, label, spoken: `${label}: a command`, icon, command };
}

const showProblems = way('Show Problems', 'warning', 'workbench.actions.view.problems');
const manageTrust = way('Manage Workspace Trust', 'shield', 'workbench.trust.manage');
const refresh = way('Try Again', 'refresh', 'kext.refresh');
const showLog = way('Show Log', 'output', 'kext.showLog');
