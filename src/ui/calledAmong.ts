import type { FoundKext } from '../operations/kextProject.ts';

type Named = Pick<FoundKext, 'infoPlist' | 'xcode'>;

/** What tells a kext from the others of a window in a list: its identifier, with its target where several have it, else with its project's place. */
export function calledAmong(kexts: readonly Named[], { infoPlist, xcode }: Named, place: string): string {
  const { bundleIdentifier = place } = infoPlist;
  const alike = kexts.filter(other => other.infoPlist.bundleIdentifier === bundleIdentifier);
  if (alike.length < 2) return bundleIdentifier;
  const target = xcode?.build.target;
  const isTold = target !== undefined && alike.filter(other => other.xcode?.build.target === target).length < 2;
  return `${bundleIdentifier} (${isTold ? target : place})`;
}
