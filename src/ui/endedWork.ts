import type { OperationResult } from '../operations/operation.ts';
import type { KextView } from './kextView.ts';
import { diagnosesAfter } from './lastingDiagnoses.ts';

/** An operation that ended. It is shown together with what the target holds since. */
export interface EndedWork {
  /** Undefined where it could not run. */
  readonly result: OperationResult | undefined;
  readonly last: KextView['last'];
  /** What it was about, as subjectOf names it; the views may have turned to another target meanwhile. */
  readonly subject: string;
}

/** The result of work on the kext and target that are shown; what matters of another one its record keeps. */
export function resultOn(subject: string, ended: EndedWork | undefined): OperationResult | undefined {
  return ended?.subject === subject ? ended.result : undefined;
}

/** What is shown of `subject`, with the end of an operation taken in. */
export function viewAfter(view: KextView, ended: EndedWork | undefined, subject: string): KextView {
  if (ended === undefined) return view;
  const result = resultOn(subject, ended);
  const diagnoses = diagnosesAfter(view.diagnoses, result);
  const proof = result?.proof ?? view.proof;
  return { ...view, activity: undefined, diagnoses, proof, last: ended.last ?? view.last };
}
