import * as l10n from '@vscode/l10n';
import { knownSuperclasses } from '../../diagnosis/instances.ts';
import { ownInstances } from '../../model/classCounts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { signed } from '../numbers.ts';
import { type KextView, notRunHere, perhapsKept, sinceLoad, verdicts } from '../session/kextView.ts';
import type { TreeRow } from './treeRow.ts';

/** A class of the developer's own kext with its live instances, in words. */
export function classRow(name: string, view: KextView, snapshot: Snapshot): TreeRow {
  const superclasses = knownSuperclasses(view.own?.declarations ?? [], snapshot.registry);
  const own = ownInstances(name, snapshot.classCounts, superclasses);
  const { text: words, colour } = instancesInWords(name, view, own);
  const more = own === undefined ? 0 : (sinceLoad(view, name, own) ?? 0);
  const verdict = verdicts(view).get(name);
  const text = more <= 0 ? words : l10n.t('{0} ({1} since last load)', words, signed(more));
  return {
    id: `class:${view.own?.bundleIdentifier ?? ''}/${name}`,
    label: name,
    description: text,
    // A narrow side bar cuts the row.
    tooltip: [`${name}: ${text}`, ...(verdict === undefined ? [] : [verdict.message])].join('\n'),
    spoken: l10n.t('Class {0}: {1}', name, text),
    icon: colour === 'error' ? 'error' : colour === 'warning' ? 'warning' : 'symbol-class',
    ...(colour === undefined ? {} : { colour }),
    context: 'class',
    className: name,
  };
}

/** The same while no target is read. */
export function declaredClassRow(name: string): TreeRow {
  return {
    id: `declared:${name}`,
    label: name,
    spoken: l10n.t('Class {0}', name),
    icon: 'symbol-class',
    className: name,
  };
}

/** `1 live`, `2 leaked`, `1 may be leaked`, `1 held by barctl (pid 4711)`, `not registered`; `own`: its own instances. */
export function instancesInWords(
  name: string,
  view: KextView,
  own: number | undefined,
): { readonly text: string; readonly colour?: 'error' | 'warning' } {
  const verdict = verdicts(view).get(name);
  if (verdict !== undefined && perhapsKept(verdict)) {
    return { text: l10n.t('{0} may be leaked', verdict.instances ?? 0), colour: 'warning' };
  }
  if (verdict?.verdict === 'leaked') return { text: l10n.t('{0} leaked', verdict.instances ?? 0), colour: 'error' };
  if (verdict?.verdict === 'held' || verdict?.verdict === 'both') {
    const [holder] = verdict.holders;
    const number = verdict.instances ?? 0;
    return {
      text: holder === undefined ? l10n.t('{0} held', number) : l10n.t('{0} held by {1}', number, holder.name),
      colour: 'warning',
    };
  }
  if (notRunHere(view)) return { text: l10n.t('not run here') };
  if (own === undefined) return { text: l10n.t('not registered') };
  return { text: own < 0 ? l10n.t('{0} (released too often)', own) : l10n.t('{0} live', own) };
}
