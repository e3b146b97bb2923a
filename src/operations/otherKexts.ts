import { sep } from 'node:path';
import type { InfoPlist } from '../bundle/infoPlist.ts';

type Named = Pick<InfoPlist, 'bundleIdentifier' | 'file'>;

/** The kexts of `found` but for the own one, each identifier once: of several copies that whose Info.plist lies nearest to it. */
export function otherKexts<K extends { readonly infoPlist: Named }>(own: Named, found: readonly K[]): readonly K[] {
  const shared = ({ infoPlist }: K) => sharedDepth(own.file, infoPlist.file);
  const byIdentifier = new Map<string | undefined, K>();
  for (const kext of [...found].sort((a, b) => shared(b) - shared(a))) {
    const { bundleIdentifier } = kext.infoPlist;
    if (bundleIdentifier !== own.bundleIdentifier && !byIdentifier.has(bundleIdentifier))
      byIdentifier.set(bundleIdentifier, kext);
  }
  return [...byIdentifier.values()];
}

/** How many folders two paths have in common. */
function sharedDepth(one: string, other: string): number {
  const [folders, others] = [one.split(sep), other.split(sep)];
  const different = folders.findIndex((folder, at) => folder !== others[at]);
  return different < 0 ? folders.length : different;
}
