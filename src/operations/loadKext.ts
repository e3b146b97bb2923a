import { requireAfterPanic } from './afterPanic.ts';
import { asBound } from './boundTo.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { loadAndProve } from './installAndLoad.ts';
import { installPlaceOf } from './installPlace.ts';
import { whyNotInstalled } from './installProduct.ts';
import type { Operation, OperationResult } from './operation.ts';
import { product } from './product.ts';
import { mayLoadThere } from './thisMacCare.ts';
import { unfitForTarget } from './unfitForTarget.ts';

/**
 * Load: loads the installed copy, and proves that it is the newest build which runs. Ends as the loading of a reload does:
 * loaded, waitingForApproval, waitingForRestart or failed; rejects as that does.
 */
export function loadKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async (phases, signal) => {
    await requireAfterPanic(operation, 'load');
    if (!(await mayLoadThere(operation, signal))) return ended(phases, 'cancelled', []);
    const { bundle, diagnoses } = await product(operation.project);
    if (bundle === undefined) return ended(phases, 'failed', diagnoses);
    return asBound(operation, bundle, phases, signal, async own => {
      const unfit = await unfitForTarget(own, bundle, signal);
      if (unfit.length > 0) return ended(phases, 'failed', unfit, bundle);
      const notOwn = await whyNotInstalled(own, bundle, signal);
      if (notOwn.length > 0) return ended(phases, 'failed', notOwn, bundle);
      const { path } = await installPlaceOf(own, bundle, signal);
      return loadAndProve(own, bundle, path, {}, phases, signal);
    });
  });
}
