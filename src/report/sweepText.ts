import type { RemovedCopy, Sweep, SweptCopy } from '../operations/install/staleCopies.ts';
import { printable } from './printable.ts';

/** The copies that a sweep has found, each with what it is and what can be done about it. */
export function sweepText({ bundleIdentifier, target, copies, notices }: Sweep): string {
  const stale = copies.filter(({ isInstalledByReload }) => !isInstalledByReload).length;
  const found =
    stale === 0
      ? `No stale copy of ${bundleIdentifier} is on ${target}.`
      : `${stale} stale ${stale === 1 ? 'copy' : 'copies'} of ${bundleIdentifier} on ${target}:`;
  return [
    found,
    ...copies.flatMap(copy => [`  ${shownText(copy.path)}`, ...copyLines(copy).map(line => `      ${line}`)]),
    ...(notices.length === 0 ? [] : ['Not looked at:', ...notices.map(notice => `  ${shownText(notice)}`)]),
  ].join('\n');
}

/** What is known of a copy, in lines: what it is, its code, what can be done. */
export function copyLines(copy: SweptCopy): readonly string[] {
  const { version, uuids, isInstalledByReload, isLoaded, isRemovable, fix } = copy;
  const what = isInstalledByReload ? 'installed by Reload' : places[copy.place];
  const code = uuids.length === 0 ? 'no UUID could be read' : uuids.join(', ');
  return [
    [what, version ?? 'no version', ...(isLoaded ? ['this code is loaded'] : [])].join(' · '),
    code,
    ...(isRemovable ? ['can be removed: --remove'] : []),
    ...(fix === undefined ? [] : [fix]),
  ];
}

const places: Readonly<Record<SweptCopy['place'], string>> = {
  installed: 'installed',
  temporary: 'in the folder that a restart empties',
  leftover: 'left by an install',
  volume: 'on another volume',
  system: "in the system's own folder",
  staged: 'staged by the system',
  inside: 'inside another bundle or folder',
};

/** What became of the copies that were to be removed. */
export function removedText(removed: readonly RemovedCopy[]): string {
  if (removed.length === 0) return 'Nothing was removed.';
  return removed
    .map(
      ({ path, failed }) =>
        `${failed === undefined ? 'Removed' : 'Not removed'}: ${shownText(path)}${failed === undefined ? '' : `: ${shownText(failed)}`}`,
    )
    .join('\n');
}

/** A text that may hold anything, as a path does: it stays on its line, and no sign of it acts on a terminal. */
export function shownText(path: string): string {
  return printable(path).replace(/[\t\n]/g, character => (character === '\t' ? '\\x09' : '\\x0a'));
}
