import type { SourcePosition } from '../../model/sourcePosition.ts';
import { classPlaces } from '../../operations/project/declarations.ts';
import { declaredIn, type KextView } from '../session/kextView.ts';
import { countText } from './countText.ts';

/** What stands beside one declaration. */
export interface CountInFile {
  /** Of the class, at run time. */
  readonly name: string;
  readonly declaration: SourcePosition;
  readonly text: string;
}

/** A file as an editor has it: perhaps not as it is on the disk, and not as it was when the classes were read. */
export interface EditedFile {
  readonly file: string;
  readonly text: string;
}

/** What stands beside the declarations of a file; nothing beside one that its text has no more. */
export function countsInFile({ file, text }: EditedFile, view: KextView): readonly CountInFile[] {
  const counted = declaredIn(file, view).flatMap(({ known, view: of }) => {
    const count = countText(known.name, of);
    return count === undefined ? [] : [{ ...known, text: count }];
  });
  // A kernel has a class once, whichever of the kexts that read this header has brought it.
  const shown = [...Map.groupBy(counted, ({ name }) => name).values()].flatMap(([first]) => first ?? []);
  if (shown.length === 0) return [];
  const places = classPlaces(text, shown);
  return shown.flatMap(({ name, text: count }, at) => {
    const declaration = places[at];
    return declaration === undefined ? [] : [{ name, declaration, text: count }];
  });
}
