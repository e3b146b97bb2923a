import { count } from '../diagnosis/count.ts';
import { type KextView, stuckInstances } from './kextView.ts';

/** The number on the activity bar and what it counts; undefined while nothing is leaked or held. */
export function stuckBadge(view: KextView): { readonly value: number; readonly tooltip: string } | undefined {
  const { leaked, held } = stuckInstances(view);
  if (leaked + held === 0) return undefined;
  const leakedText = leaked === 0 ? [] : [count(leaked, 'leaked instance')];
  const heldText = held === 0 ? [] : [count(held, 'held instance')];
  const where = view.target?.called ?? 'the target';
  return {
    value: leaked + held,
    tooltip: `${[...leakedText, ...heldText].join(', ')}: gone after a restart of ${where}`,
  };
}
