import type { InfoPlist } from '../../bundle/infoPlist.ts';
import { type FoundKext, folderOf, type KextProject } from './kextProject.ts';
import { otherKexts } from './otherKexts.ts';

type Linked = Pick<InfoPlist, 'bundleIdentifier' | 'libraries' | 'file'>;

/**
 * The folder whose Simulated Mac a project has: kexts that are linked with one another need the same one, which is that of
 * the kext against which the others are linked. Of several such the first by the path of its Info.plist is taken.
 */
export async function homeFolder(project: KextProject, found: readonly FoundKext[]): Promise<string> {
  const base = baseOf(project.infoPlist, found);
  return base === undefined ? project.folder : folderOf(base);
}

/** Undefined where that is the kext itself, and where it is linked with none of `found`. */
export function baseOf<K extends { readonly infoPlist: Linked }>(own: Linked, found: readonly K[]): K | undefined {
  const others = otherKexts(own, found);
  const linked = new Set<Linked>([own]);
  for (const one of linked)
    for (const { infoPlist } of others) if (isLinked(one, infoPlist) || isLinked(infoPlist, one)) linked.add(infoPlist);
  const all = [...linked];
  const bases = all.filter(one => !all.some(other => other !== one && isLinked(one, other)));
  const [first] = bases.sort((a, b) => (a.file < b.file ? -1 : 1));
  return others.find(({ infoPlist }) => infoPlist === first);
}

function isLinked({ libraries }: Linked, against: Linked): boolean {
  return against.bundleIdentifier !== undefined && libraries.has(against.bundleIdentifier);
}
