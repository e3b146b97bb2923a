import { basename } from 'node:path';
import type { FoundKext } from '../../operations/project/kextProject.ts';
import { isFilledIn } from '../../operations/project/productFit.ts';

type Named = Pick<FoundKext, 'root' | 'infoPlist' | 'makeFolder' | 'xcode'>;

/**
 * What tells a kext from the others of a window in a list: its identifier, with its target where several have it, else with the place
 * of its project.
 */
export function calledAmong(kexts: readonly Named[], kext: Named, place: string): string {
  const called = calledInList(kext);
  const alike = kexts.filter(other => calledInList(other) === called);
  if (alike.length < 2) return called;
  const target = kext.xcode?.build.target;
  const isTold = target !== undefined && alike.filter(other => other.xcode?.build.target === target).length < 2;
  return `${called} (${isTold ? target : place})`;
}

/** The identifier; where a build fills it in, its target or its folder: a list takes `$(NAME)` for an icon. */
export function calledInList({ root, infoPlist, makeFolder, xcode }: Named): string {
  const { bundleIdentifier = '' } = infoPlist;
  const isKnown = bundleIdentifier !== '' && isFilledIn(bundleIdentifier);
  return isKnown ? bundleIdentifier : (xcode?.build.target ?? basename(makeFolder ?? root));
}
