import type { SourcePosition } from '../model/sourcePosition.ts';
import type { classPlaces } from '../source/classPlaces.ts';
import type { CountHistory } from './countHistory.ts';
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
export function countsInFile(
  { file, text }: EditedFile,
  view: KextView,
  history: CountHistory,
  placesIn: typeof classPlaces,
): readonly CountInFile[] {
  const shown = declaredIn(file, view).flatMap(known => {
    const count = countText(known.name, view, history);
    return count === undefined ? [] : [{ ...known, text: count.text }];
  });
  const places = shown.length === 0 ? [] : placesIn(text, shown);
  return shown.flatMap(({ name, text: count }, at) => {
    const declaration = places[at];
    return declaration === undefined ? [] : [{ name, declaration, text: count }];
  });
}

/** The classes of the developer's own kext that a file declares. */
export function declaredIn(file: string, { own }: KextView) {
  return (own?.declarations ?? []).filter(({ declaration }) => declaration.file === file);
}

const ways = ['codeLens', 'inline', 'off'] as const;

/** How counts stand in a source. */
export type CountsShown = (typeof ways)[number];

/** How `kext.counts.show` has them; what it does not know counts as its default, the first. */
export function countsShown(setting: unknown): CountsShown {
  return ways.find(way => way === setting) ?? ways[0];
}
