import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { loadAndProve } from './installAndLoad.ts';
import { installedPath } from './load.ts';
import type { Operation, OperationResult } from './operation.ts';
import { product } from './product.ts';

/**
 * Load: loads the installed copy, and proves that it is the newest build which runs. Ends as the loading of a reload does:
 * loaded, waitingForApproval, waitingForRestart or failed.
 */
export function loadKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async phases => {
    const { bundle, diagnoses } = await product(operation.project);
    if (bundle === undefined) return ended(phases, 'failed', diagnoses);
    return loadAndProve(operation, bundle, installedPath(operation.target, bundle), phases, signal);
  });
}
