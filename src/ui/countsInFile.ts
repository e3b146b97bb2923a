import type { SourcePosition } from '../model/sourcePosition.ts';
import { countText } from './countText.ts';
import type { KextView } from './kextView.ts';

/** What stands beside one declaration. */
export interface CountInFile {
  /** Of the class, at run time. */
  readonly name: string;
  readonly declaration: SourcePosition;
  readonly text: string;
}

/** What stands beside the declarations of a file. */
export function countsInFile(file: string, view: KextView): readonly CountInFile[] {
  return (view.own?.declarations ?? []).flatMap(({ name, declaration }) => {
    if (declaration.file !== file) return [];
    const shown = countText(name, view);
    return shown === undefined ? [] : [{ name, declaration, text: shown.text }];
  });
}
