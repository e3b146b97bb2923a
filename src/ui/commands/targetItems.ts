import * as l10n from '@vscode/l10n';
import type { OfferedTarget, OfferedTargets } from '../../tools/port/offeredTarget.ts';
import { targetIcons } from '../tree/targetIcons.ts';

/** An entry of Select Target. */
export interface TargetItem {
  readonly label: string;
  readonly icon: string;
  /** Beside the name. */
  readonly description: string;
  /** Below it. */
  readonly detail: string;
  /** Undefined: a Mac over SSH that is still to be named. */
  readonly id: string | undefined;
}

/** Entries that belong together, below a line with their title. */
export interface TargetItems {
  readonly title: string;
  readonly items: readonly TargetItem[];
}

/** What Select Target offers; `chosen`: the id of the target of now. Why not all hosts are there is said where one names another. */
export function targetItems({ targets, problems }: OfferedTargets, chosen: string | undefined): readonly TargetItems[] {
  const of = (kind: OfferedTarget['kind']) =>
    targets.filter(each => each.kind === kind).map(each => targetItem(each, each.id === chosen));
  const another = {
    label: l10n.t('Another Mac over SSH…'),
    icon: 'add',
    description: '',
    detail: problems.join('; '),
    id: undefined,
  };
  return [
    { title: l10n.t('this machine'), items: of('thisMac') },
    { title: l10n.t('over SSH'), items: [...of('ssh'), another] },
    { title: l10n.t('simulated'), items: of('simulated') },
  ].filter(({ items }) => items.length > 0);
}

function targetItem({ id, name, kind, description }: OfferedTarget, isChosen: boolean): TargetItem {
  const beside = kind === 'ssh' && description !== '' ? [description] : [];
  return {
    label: name,
    icon: targetIcons[kind],
    description: [...beside, ...(isChosen ? [l10n.t('chosen')] : [])].join(' · '),
    detail: kind === 'simulated' ? description : kind === 'thisMac' ? l10n.t('A faulty kext panics it') : '',
    id,
  };
}
