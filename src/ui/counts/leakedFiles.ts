import * as l10n from '@vscode/l10n';
import { leakedInstances } from '../numbers.ts';
import { type KextView, perhapsKept, verdicts } from '../session/kextView.ts';

/** What the explorer says about a file. */
export interface FileBadge {
  /** Two characters at most. */
  readonly badge: string;
  readonly tooltip: string;
}

/** The files that declare leaked classes of the window's kexts, with how many instances are leaked. */
export function leakedFiles(view: KextView): ReadonlyMap<string, FileBadge> {
  const byFile = new Map<string, { leaked: number; classes: string[] }>();
  for (const { own, diagnoses } of [view, ...view.others]) {
    const declared = new Map(own?.declarations.map(({ name, declaration: { file } }) => [name, file]));
    for (const [name, diagnosis] of verdicts({ diagnoses })) {
      const file = declared.get(name);
      if (file === undefined || diagnosis.verdict !== 'leaked' || perhapsKept(diagnosis)) continue;
      const found = byFile.get(file) ?? { leaked: 0, classes: [] };
      byFile.set(file, {
        leaked: found.leaked + (diagnosis.instances ?? 0),
        classes: [...found.classes, name],
      });
    }
  }
  return new Map(
    [...byFile].map(([file, { leaked, classes }]) => [
      file,
      {
        // A number would stand beside that of the Problems, and mean another thing.
        badge: 'L',
        tooltip: l10n.t('{0} of {1}', leakedInstances(leaked), classes.join(', ')),
      },
    ]),
  );
}
