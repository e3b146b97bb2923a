import type { Cause, Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { SourcePosition } from '../../model/sourcePosition.ts';
import type { ProjectProblem } from '../../operations/project/kextProject.ts';
import { verdictText } from './autopsyText.ts';
import { problemText } from './problemText.ts';

/** A place that explains a Problem. */
export interface RelatedPlace {
  readonly text: string;
  readonly position: SourcePosition;
}

/** One entry of the Problems view. */
export interface Problem {
  readonly place: SourcePosition;
  readonly text: string;
  readonly severity: Diagnosis['severity'];
  readonly source: string;
  readonly related: readonly RelatedPlace[];
  /** Leads to the page that explains the case. A mistake in the project has none. */
  readonly cause?: Cause;
  /** Of a kext that the views do not show: no command would be about it. */
  readonly ofAnother?: true;
  /** What it was made of. */
  readonly diagnosis?: Diagnosis;
}

/** The diagnoses that have a place, as Problems in their order; `all`: every diagnosis, for those that explain another. */
export function problemsOf(
  diagnoses: readonly Diagnosis[],
  source: string,
  all: readonly Diagnosis[] = diagnoses,
): readonly Problem[] {
  return diagnoses.flatMap(diagnosis => {
    const { anchor: place, severity, cause } = diagnosis;
    if (place === undefined) return [];
    const related = [...placesOfEvidence(diagnosis), ...(cause === 'refused' ? placesOfClasses(all) : [])];
    return [{ place, text: problemText(diagnosis), severity, source, related, cause, diagnosis }];
  });
}

/** A mistake that keeps the project or the target from being used. */
export function problemOfProject(mistake: ProjectProblem | undefined, source: string): readonly Problem[] {
  const place = mistake?.position;
  if (place === undefined) return [];
  return [{ place, text: mistake?.problem ?? '', severity: 'error', source, related: [] }];
}

function placesOfEvidence({ evidence }: Diagnosis): readonly RelatedPlace[] {
  return evidence.flatMap(({ text, position }) => (position === undefined ? [] : [{ text, position }]));
}

/** The refusal stands in the Info.plist, what it is due to in the sources. */
function placesOfClasses(all: readonly Diagnosis[]): readonly RelatedPlace[] {
  return all.flatMap(each => {
    const { verdict, anchor, severity } = each;
    if (verdict === undefined || anchor === undefined || severity === 'information') return [];
    return [{ text: verdictText(each, verdict), position: anchor }];
  });
}
