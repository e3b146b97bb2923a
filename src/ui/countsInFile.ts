import type { SourcePosition } from '../model/sourcePosition.ts';
import { classPlaces } from '../operations/declarations.ts';
import { declaredIn } from './countsShown.ts';
import { countText } from './countText.ts';
import type { KextView } from './kextView.ts';

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
  const shown = declaredIn(file, view).flatMap(known => {
    const count = countText(known.name, view);
    return count === undefined ? [] : [{ ...known, text: count.text }];
  });
  if (shown.length === 0) return [];
  const places = classPlaces(text, shown);
  return shown.flatMap(({ name, text: count }, at) => {
    const declaration = places[at];
    return declaration === undefined ? [] : [{ name, declaration, text: count }];
  });
}
