import { isKextIdentifier } from '../model/kext.ts';
import { boundTo } from './boundTo.ts';
import { mayUnload } from './confirmUnload.ts';
import { findLoadedDependents, unloadedFirst } from './dependents.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import type { Operation, OperationResult } from './operation.ts';
import { product } from './product.ts';
import { phaseOutcome, unloadProject } from './unloadProject.ts';
import { withoutDependents } from './withoutDependents.ts';

/**
 * Unload Kext: takes the project's kext out of the target's kernel, and says why where that fails. What the workspace has
 * that is linked against it goes first, and stays unloaded with it.
 */
export function unloadKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(
    operation,
    signal,
    async (phases, signal) => {
      let own = operation;
      if (!isKextIdentifier(operation.project.bundleIdentifier)) {
        const { bundle, diagnoses } = await product(operation.project);
        if (bundle === undefined) return ended(phases, 'failed', diagnoses);
        own = boundTo(operation, bundle);
      }
      const known = (await own.records.read())?.diagnoses ?? [];
      const dependents = await findLoadedDependents(own, signal);
      if (!(await mayUnload(own, dependents, signal))) return ended(phases, 'cancelled', []);
      return withoutDependents(own, unloadedFirst(dependents), phases, signal, async toItsEnd => {
        const unloading = await phases.run('unloading', toItsEnd, () => unloadProject(own), phaseOutcome);
        const { outcome, diagnoses, after } = unloading;
        // That it went says nothing where it was never run.
        const notRun = outcome === 'unloaded' ? known.filter(({ cause }) => cause === 'notRunHere') : [];
        return ended(phases, outcome, [...diagnoses, ...notRun], undefined, after);
      });
    },
    'unloaded',
  );
}
