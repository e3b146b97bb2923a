import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { installBundle } from './load.ts';
import type { Operation, OperationResult } from './operation.ts';
import { product } from './product.ts';

/** Install: copies the newest build to where the target loads it from. What runs goes on running. */
export function installKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async phases => {
    const { bundle, diagnoses } = await product(operation.project);
    if (bundle === undefined) return ended(phases, 'failed', diagnoses);
    await phases.run('installing', signal, () => installBundle(operation, bundle, signal));
    return ended(phases, 'installed', [], bundle);
  });
}
