import type { SourcePosition } from '../../model/sourcePosition.ts';
import { explainMessages } from './explain.ts';
import { isOfCode } from './explainCode.ts';
import type { Explained } from './explained.ts';

/** What the catalogue makes of everything that was said of a failure. */
export interface ReasonOfFailure {
  /** The row of the first line that says why; undefined where all lines only say that. */
  readonly reason: Explained | undefined;
  /** What the return code says by itself, where no line says more. */
  readonly code: Explained | undefined;
  /** The first line of all that the catalogue has something on, a failure before a warning. */
  readonly first: Explained | undefined;
}

/** The most specific thing that is said in these lines. Notices and warnings are no reasons. */
export function reasonOfFailure(lines: readonly string[]): ReasonOfFailure {
  const all = explainMessages(lines.join('\n')).filter(({ row }) => row.severity !== 'information');
  const errors = all.filter(({ row }) => row.severity === 'error');
  return {
    reason: errors.find(({ row, general }) => !general && row.summary !== true),
    code: errors.find(({ row }) => isOfCode(row)),
    first: errors[0] ?? all[0],
  };
}

/** Where something of the developer's stands that a row may be about. */
export interface ReasonPlaces {
  /** Where OSBundleLibraries names a library; without one, where it begins. */
  readonly libraryPosition: (library?: string) => SourcePosition | undefined;
  readonly declarationOf: (className: string) => SourcePosition | undefined;
}

/** The place that the row means, where it is known: a library's or a class's. */
export function placeOfReason({ row, fields }: Explained, places: ReasonPlaces): SourcePosition | undefined {
  const { anchor } = row;
  if (anchor.kind === 'class') {
    const name = fields[anchor.field];
    return name === undefined ? undefined : places.declarationOf(name);
  }
  if (anchor.kind !== 'infoPlist' || !anchor.key.startsWith('OSBundleLibraries')) return undefined;
  const library = fields.library ?? fields.dependency;
  return (library === undefined ? undefined : places.libraryPosition(library)) ?? places.libraryPosition();
}
