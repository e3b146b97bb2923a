import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { KextProject } from '../operations/kextProject.ts';
import { product } from '../operations/product.ts';
import { type OwnKext, shortNameOf } from './kextView.ts';

/** The project's kext as the views show it, with the UUID of its newest product. */
export async function describeOwn(project: KextProject): Promise<OwnKext> {
  const { bundle } = await product(project);
  return {
    key: project.key,
    folder: project.folder,
    sources: project.sources,
    defines: project.defines,
    xcode: project.xcode,
    otherKexts: project.otherKexts,
    infoPlistFile: project.infoPlist.file,
    bundleIdentifier: project.bundleIdentifier,
    version: project.version,
    shortName: shortNameOf(project.bundleIdentifier),
    classes: project.classes,
    declarations: project.declarations,
    builtUuid: bundle?.executable?.uuid,
    builtUuids: [...(bundle?.executable?.uuids.values() ?? [])].flatMap(uuid => uuid ?? []),
  };
}

/** True for a C or C++ file that is compiled for it or lies below its folder and no other kext's, by its path alone. */
export function isSourceOf(
  { folder, otherKexts, sources }: Pick<OwnKext, 'folder' | 'otherKexts' | 'sources'>,
  file: string,
): boolean {
  if (sources?.files.includes(file)) return true;
  if (otherKexts.some(other => file.startsWith(`${other}/`))) return false;
  return file.startsWith(`${folder}/`) && /\.(?:cpp|cc|cxx|mm|c|hpp|hh|h)$/i.test(file);
}

/** True for every file that its build may read and that is its own: its sources, its Info.plist, and whatever lies below its folder. */
export function isPartOf(
  own: Pick<OwnKext, 'folder' | 'otherKexts' | 'sources' | 'infoPlistFile'>,
  file: string,
): boolean {
  return file === own.infoPlistFile || file.startsWith(`${own.folder}/`) || isSourceOf(own, file);
}

/** A verdict on a class stands where the class is declared now, however many lines came before it since. */
export function onItsLine(diagnosis: Diagnosis, declarations: OwnKext['declarations']): Diagnosis {
  if (diagnosis.verdict === undefined) return diagnosis;
  const declared = declarations.find(({ name }) => name === diagnosis.class);
  return declared === undefined ? diagnosis : { ...diagnosis, anchor: declared.declaration };
}
