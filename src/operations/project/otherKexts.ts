import { sep } from 'node:path';
import type { InfoPlist } from '../../bundle/infoPlist.ts';
import { rememberedAs } from './rememberedAs.ts';

type Named = Pick<InfoPlist, 'bundleIdentifier' | 'file'>;

/**
 * The kexts of `found` but for those with the own identifier, each identifier once: of several copies that whose Info.plist lies nearest to
 * it. Those whose identifier a build fills in are all there, the own one too.
 */
export function otherKexts<K extends { readonly infoPlist: Named }>(own: Named, found: readonly K[]): readonly K[] {
  const shared = ({ infoPlist }: K) => sharedDepth(own.file, infoPlist.file);
  const byName = new Map<string, K>();
  for (const kext of [...found].sort((a, b) => shared(b) - shared(a))) {
    const name = rememberedAs(kext);
    if (name !== own.bundleIdentifier && !byName.has(name)) byName.set(name, kext);
  }
  return [...byName.values()];
}

/** How many folders two paths have in common. */
function sharedDepth(one: string, other: string): number {
  const [folders, others] = [one.split(sep), other.split(sep)];
  const different = folders.findIndex((folder, at) => folder !== others[at]);
  return different < 0 ? folders.length : different;
}
