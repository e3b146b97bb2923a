import * as l10n from '@vscode/l10n';
import { isApple } from '../../model/kext.ts';
import { type EmptyReason, untrustedText } from '../session/emptyReason.ts';
import type { KextView } from '../session/kextView.ts';
import { ownSettings } from '../settings/ownSettings.ts';
import type { TreeRow } from './treeRow.ts';

/** Rows, two at most, that lead out of a mistake or a silent target. VS Code shows no welcome text below a message that says which. */
export function waysOut(reason: EmptyReason, target?: KextView['target']): readonly TreeRow[] {
  if (reason === 'untrusted') return [manageTrust()];
  if (reason === 'problem') return [showProblems(), refresh()];
  if (reason === 'wrongSetting') return [openSettings(), refresh()];
  if (reason === 'wrongTarget') return [selectTarget(), showProblems()];
  if (reason !== 'unreachable') return [];
  return [refresh(), target?.simulated ? reset() : showLog()];
}

/** What stands above those rows; `problem` is what was found wrong. */
export function emptyMessage(reason: EmptyReason, problem: string | undefined): string {
  if (reason === 'untrusted') return untrustedText();
  return waysOut(reason).length > 0 ? (problem ?? '') : '';
}

/** What stands above the rows of a target that holds nothing but Apple's kexts; empty where it holds more, or is not read. */
export function nothingButApple({ own, snapshot, past, waiting, diagnoses }: KextView): string {
  if (snapshot === undefined || past || !snapshot.kexts.every(kext => isApple(kext.bundleIdentifier))) return '';
  // What the next step is stands in the Problem of a reload that has failed, and in the status item of one that waits.
  const isTold = waiting !== undefined || diagnoses.some(({ severity }) => severity === 'error');
  if (own === undefined || isTold) return l10n.t("Nothing is loaded but Apple's kexts.");
  return l10n.t("Nothing is loaded but Apple's kexts: Reload Kext builds yours and loads it.");
}

function way(label: string, icon: string, command: string, argument?: string): TreeRow {
  const spoken = l10n.t('{0}: a command', label);
  return { id: `way:${command}`, label, spoken, icon, command, ...(argument === undefined ? {} : { argument }) };
}

const showProblems = () => way(l10n.t('Show Problems'), 'warning', 'workbench.actions.view.problems');
const openSettings = () => way(l10n.t('Open Settings'), 'settings-gear', 'workbench.action.openSettings', ownSettings);
const manageTrust = () => way(l10n.t('Manage Workspace Trust'), 'shield', 'workbench.trust.manage');
const selectTarget = () => way(l10n.t('Select Target'), 'vm', 'kext.selectTarget');
const refresh = () => way(l10n.t('Try Again'), 'refresh', 'kext.refresh');
const showLog = () => way(l10n.t('Show Log'), 'output', 'kext.showLog');
const reset = () => way(l10n.t('Reset the Simulated Mac'), 'clear-all', 'kext.simulated.reset');
