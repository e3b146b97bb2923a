import { knownSuperclasses } from '../diagnosis/instances.ts';
import { ownInstances } from '../model/classCounts.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type KextView, perhapsKept, verdicts } from './kextView.ts';
import type { TreeRow } from './treeRow.ts';

/** A class of the developer's own kext with its live instances, in words. */
export function classRow(name: string, view: KextView, snapshot: Snapshot): TreeRow {
  const { text, colour } = instancesInWords(name, view, snapshot);
  return {
    id: `class:${view.own?.bundleIdentifier ?? ''}/${name}`,
    label: name,
    description: text,
    spoken: `Class ${name}: ${text}`,
    icon: colour === 'error' ? 'error' : colour === 'warning' ? 'warning' : 'symbol-class',
    ...(colour === undefined ? {} : { colour }),
    context: 'class',
    className: name,
  };
}

/** The same while no target is read. */
export function declaredClassRow(name: string): TreeRow {
  return { id: `declared:${name}`, label: name, spoken: `Class ${name}`, icon: 'symbol-class', className: name };
}

/** `1 live`, `2 leaked`, `1 leaked, or kept by what is held`, `1 held by barctl (pid 4711)`, `not registered`. */
export function instancesInWords(
  name: string,
  view: KextView,
  snapshot: Snapshot,
): { readonly text: string; readonly colour?: 'error' | 'warning' } {
  const verdict = verdicts(view).get(name);
  if (verdict !== undefined && perhapsKept(verdict)) {
    return { text: `${verdict.instances ?? 0} leaked, or kept by what is held`, colour: 'warning' };
  }
  if (verdict?.verdict === 'leaked') return { text: `${verdict.instances ?? 0} leaked`, colour: 'error' };
  if (verdict?.verdict === 'held' || verdict?.verdict === 'both') {
    const by = verdict.holders[0] === undefined ? '' : ` by ${verdict.holders[0].name}`;
    return { text: `${verdict.instances ?? 0} held${by}`, colour: 'warning' };
  }
  const superclasses = knownSuperclasses(view.own?.declarations ?? [], snapshot.registry);
  const own = ownInstances(name, snapshot.classCounts, superclasses);
  return { text: own === undefined ? 'not registered' : own < 0 ? `${own} (released too often)` : `${own} live` };
}
