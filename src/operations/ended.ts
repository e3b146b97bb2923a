import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { OperationResult, Outcome } from './operation.ts';
import type { Phases } from './phases.ts';

/** What an operation came to, with the record of its phases; what is not known is left out. */
export function ended(
  phases: Phases,
  outcome: Outcome,
  diagnoses: readonly Diagnosis[],
  bundle?: KextBundle,
  snapshot?: Snapshot,
): OperationResult {
  return {
    outcome,
    phases: phases.records,
    diagnoses,
    ...(bundle === undefined ? {} : { bundle }),
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}
