import { panicked } from '../diagnosis/panicked.ts';
import { TargetLost } from '../tools/toolErrors.ts';
import { factsOf } from './kextProject.ts';
import type { Operation, OperationResult } from './operation.ts';
import { Phases } from './phases.ts';

/** Turns a cancellation and a panic of the target into results; all else that went wrong goes on to the caller. */
export async function guarded(
  operation: Operation,
  signal: AbortSignal,
  work: (phases: Phases) => Promise<OperationResult>,
): Promise<OperationResult> {
  const phases = new Phases(operation.progress);
  try {
    return await work(phases);
  } catch (error) {
    if (signal.aborted) return { outcome: 'cancelled', phases: phases.records, diagnoses: [] };
    const panic = error instanceof TargetLost ? await operation.target.takePanic(signal) : undefined;
    if (panic === undefined) throw error;
    await operation.records.clear();
    return { outcome: 'failed', phases: phases.records, diagnoses: [panicked(factsOf(operation), panic)] };
  }
}
