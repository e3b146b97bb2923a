import type { OperationResult } from '../../operations/operation.ts';
import type { KextView } from './kextView.ts';
import { diagnosesAfter } from './lastingDiagnoses.ts';
import type { Subject } from './targetFindings.ts';

/** An operation that ended. It is shown together with what the target holds since. */
export interface EndedWork {
  /** Undefined where it could not run. */
  readonly result: OperationResult | undefined;
  readonly last: KextView['last'];
  /** What it was about; the views may have turned to another kext or target meanwhile. Undefined where it came to none. */
  readonly subject: Subject | undefined;
}

/** What is shown, with the end of an operation taken in; `result`: what it found of the kext and target that are shown. */
export function viewAfter(view: KextView, ended: EndedWork | undefined, result: OperationResult | undefined): KextView {
  if (ended === undefined) return view;
  const diagnoses = diagnosesAfter(view.diagnoses, result);
  const proof = result?.proof ?? view.proof;
  return { ...view, activity: undefined, diagnoses, proof, last: ended.last ?? view.last };
}
