import { buildProject } from './build.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import type { Operation, OperationResult } from './operation.ts';

/** Build: makes the kext for the target and touches nothing of the target's. */
export function buildKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async (phases, signal) => {
    const { bundle, diagnoses } = await phases.run(
      'building',
      signal,
      tell => buildProject(operation, signal, tell),
      result => (result.bundle === undefined ? 'failed' : 'done'),
    );
    return ended(phases, bundle === undefined ? 'failed' : 'built', diagnoses, bundle);
  });
}
