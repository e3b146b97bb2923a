import { panicked } from '../diagnosis/panicked.ts';
import type { ExclusiveTurn } from '../tools/target.ts';
import { TargetLost } from '../tools/toolErrors.ts';
import { forgetTheBoot } from './forgetTheBoot.ts';
import { factsOf } from './kextFacts.ts';
import type { Operation, OperationResult } from './operation.ts';
import { Phases } from './phases.ts';

/**
 * Runs an operation while no other one works on the same kext, and turns a cancellation and a panic of the target into
 * results; all else that went wrong goes on to the caller.
 */
export async function guarded(
  operation: Operation,
  signal: AbortSignal,
  work: (phases: Phases) => Promise<OperationResult>,
): Promise<OperationResult> {
  const phases = new Phases(operation.progress);
  try {
    const { bundleIdentifier } = operation.project;
    const asRoot = () => operation.target.withRoot(operation.askPassword, () => work(phases));
    return await operation.target.exclusively(bundleIdentifier, signal, asRoot, exclusiveTurn(operation));
  } catch (error) {
    if (signal.aborted) return { outcome: 'cancelled', phases: phases.records, diagnoses: [] };
    const panic = error instanceof TargetLost ? await operation.target.takePanic(signal) : undefined;
    if (panic === undefined) throw error;
    // The panic's restart cleared all else; a build that waited for one is ready.
    await forgetTheBoot(operation.records);
    return { outcome: 'failed', phases: phases.records, diagnoses: [panicked(factsOf(operation), panic)] };
  }
}

/** How the operation waits for another one on the same kext: it is told for which. */
export function exclusiveTurn({ doing = '', progress }: Pick<Operation, 'doing' | 'progress'>): ExclusiveTurn {
  return { doing, waits: behind => progress('waiting', behind) };
}
