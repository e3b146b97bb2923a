import { asBound } from './boundTo.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { installProduct } from './install/installProduct.ts';
import { unfitForTarget } from './install/unfitForTarget.ts';
import type { Operation, OperationResult } from './operation.ts';
import { product } from './project/product.ts';

/** Install: copies the newest build to where the target loads it from. What runs goes on running. */
export function installKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async (phases, signal) => {
    const { bundle, diagnoses } = await product(operation.project);
    if (bundle === undefined) return ended(phases, 'failed', diagnoses);
    return asBound(operation, bundle, phases, signal, async own => {
      const unfit = await unfitForTarget(own, bundle, signal);
      if (unfit.length > 0) return ended(phases, 'failed', unfit, bundle);
      const installed = await installProduct(own, bundle, phases, signal);
      if ('diagnoses' in installed) return ended(phases, 'failed', installed.diagnoses, bundle);
      return ended(phases, 'installed', [], bundle);
    });
  });
}
