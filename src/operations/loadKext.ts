import { asBound } from './boundTo.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { loadAndProve } from './install/installAndLoad.ts';
import { installPlaceOf } from './install/installPlace.ts';
import { whyNotInstalled } from './install/installProduct.ts';
import { unfitForTarget } from './install/unfitForTarget.ts';
import { requireAfterPanic } from './lost/afterPanic.ts';
import type { Operation, OperationResult } from './operation.ts';
import { product } from './project/product.ts';
import { mayLoadThere } from './thisMacCare.ts';

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
