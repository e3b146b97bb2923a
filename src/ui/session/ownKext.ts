import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { isSourceName } from '../../model/sourceNames.ts';
import type { OwnKext } from './kextView.ts';

/** True for a C or C++ file that is compiled for it or lies below its folder and no other kext's, by its path alone. */
export function isSourceOf(
  { folder, otherKexts, sources }: Pick<OwnKext, 'folder' | 'otherKexts' | 'sources'>,
  file: string,
): boolean {
  if (sources?.files.includes(file)) return true;
  if (otherKexts.some(other => file.startsWith(`${other}/`))) return false;
  return file.startsWith(`${folder}/`) && isSourceName(file);
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
