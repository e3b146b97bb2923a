import { readKextBundle } from '../../bundle/kextBundle.ts';
import { shelvedGone } from '../../diagnosis/waiting.ts';
import { ended } from '../ended.ts';
import { unfitForTarget } from '../install/unfitForTarget.ts';
import { requireAfterPanic } from '../lost/afterPanic.ts';
import type { Operation, OperationResult } from '../operation.ts';
import { factsOf } from '../project/kextFacts.ts';
import { finishOrReplace } from '../reload.ts';
import { mayLoadThere } from '../thisMacCare.ts';
import type { ShelvedReload } from './shelf.ts';
import { type ReloadWork, shelveReload } from './shelveReload.ts';

/** Load This Build: a reload that takes its bundle from the shelf in place of a build. Ends as a reload does. */
export function loadShelved(
  operation: Operation,
  shelved: ShelvedReload,
  signal: AbortSignal,
): Promise<OperationResult> {
  const work: ReloadWork = async (own, tell, phases, signal) => {
    await requireAfterPanic(own, 'loadShelved');
    if (!(await mayLoadThere(own, signal))) return ended(phases, 'cancelled', []);
    await own.target.mend?.(signal);
    const bundle = await readKextBundle(shelved.bundle);
    if ('problem' in bundle) return ended(phases, 'failed', [shelvedGone(factsOf(own), bundle.problem)]);
    const unfit = await unfitForTarget(own, bundle, signal);
    if (unfit.length > 0) return ended(phases, 'failed', unfit, bundle);
    tell(bundle);
    return finishOrReplace(own, bundle, phases, signal);
  };
  return shelveReload(operation, signal, work, async () => shelved);
}
