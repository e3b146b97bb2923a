import * as l10n from '@vscode/l10n';
import { commitName, dayAndMinute } from '../../diagnosis/buildName.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { ShelvedReload } from '../../operations/shelf/shelf.ts';
import { countsText, outcomeWords } from '../../report/shelfText.ts';
import { shortUuid } from '../session/kextView.ts';

/** A reload as a list shows it. */
export interface ShelfItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly reload: ShelvedReload;
}

/** The reloads of the shelf, newest first: when and which code, from which commit, how it ended and what was alive then. */
export function shelfItems(reloads: readonly ShelvedReload[], snapshot: Snapshot | undefined): readonly ShelfItem[] {
  return reloads.map(reload => {
    const { uuid, version, commit } = reload;
    const loaded = snapshot === undefined ? undefined : loadedKext(snapshot, reload.bundleIdentifier)?.uuid;
    const isLoaded = loaded !== undefined && reload.uuids.includes(loaded);
    const when = dayAndMinute(new Date(reload.time)).join(' ');
    const code = uuid === null ? l10n.t('no UUID') : shortUuid(uuid);
    const counts = countsText(reload);
    return {
      label: `$(${isLoaded ? 'check' : 'package'}) ${when} · ${version ?? l10n.t('no version')} · ${code}`,
      description: [
        commit === undefined ? l10n.t('no commit') : commitName(commit),
        ...(isLoaded ? [l10n.t('loaded now')] : []),
      ].join(' · '),
      detail: [outcomeWords(reload), counts === '' ? l10n.t('no live instances') : counts].join(' · '),
      reload,
    };
  });
}

/** Live instances by class at the ends of two reloads, the earlier first: a line for each class that either had. */
export function comparedCounts(
  one: Pick<ShelvedReload, 'time' | 'counts'>,
  other: Pick<ShelvedReload, 'time' | 'counts'>,
): string {
  const [before, after] = one.time <= other.time ? [one, other] : [other, one];
  const names = [...new Set([...Object.keys(before.counts), ...Object.keys(after.counts)])].sort();
  const width = Math.max(0, ...names.map(name => name.length));
  const count = (counts: ShelvedReload['counts'], name: string) =>
    Object.hasOwn(counts, name) ? String(counts[name]) : '–';
  return [
    l10n.t('Instances at the end of the reloads of {0} and {1}', when(before), when(after)),
    '',
    ...(names.length === 0 ? [l10n.t('Neither read any.')] : []),
    ...names.map(name => `${name.padEnd(width)}  ${count(before.counts, name)} → ${count(after.counts, name)}`),
    '',
  ].join('\n');
}

function when({ time }: Pick<ShelvedReload, 'time'>): string {
  return dayAndMinute(new Date(time)).join(' ');
}
