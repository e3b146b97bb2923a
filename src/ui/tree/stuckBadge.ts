import * as l10n from '@vscode/l10n';
import { heldInstances, leakedInstances } from '../numbers.ts';
import { type KextView, stuckInstances } from '../session/kextView.ts';

/** The number on the activity bar and what it counts, of all kexts of the window; undefined while nothing is leaked or held. */
export function stuckBadge(view: KextView): { readonly value: number; readonly tooltip: string } | undefined {
  const stuck = [view, ...view.others].map(stuckInstances);
  const leaked = stuck.reduce((sum, each) => sum + each.leaked, 0);
  const held = stuck.reduce((sum, each) => sum + each.held, 0);
  if (leaked + held === 0) return undefined;
  const leakedText = leaked === 0 ? [] : [leakedInstances(leaked)];
  const heldText = held === 0 ? [] : [heldInstances(held)];
  const where = view.target?.called ?? l10n.t('the target');
  return {
    value: leaked + held,
    tooltip: l10n.t('{0}: gone after a restart of {1}', [...leakedText, ...heldText].join(', '), where),
  };
}
