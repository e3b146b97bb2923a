import { isKextIdentifier } from '../model/kext.ts';
import { asBound } from './boundTo.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import type { Operation, OperationResult } from './operation.ts';
import type { Phases } from './phases.ts';
import { product } from './project/product.ts';
import { mayUnload } from './unload/confirmUnload.ts';
import { findLoadedDependents, unloadedFirst } from './unload/dependents.ts';
import { phaseOutcome, unloadProject } from './unload/unloadProject.ts';
import { withoutDependents } from './unload/withoutDependents.ts';

/**
 * Unload Kext: takes the project's kext out of the target's kernel, and says why where that fails. What the workspace has
 * that is linked against it goes first, and stays unloaded with it.
 */
export function unloadKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(
    operation,
    signal,
    async (phases, signal) => {
      if (isKextIdentifier(operation.project.bundleIdentifier)) return unload(operation, phases, signal);
      const { bundle, diagnoses } = await product(operation.project);
      if (bundle === undefined) return ended(phases, 'failed', diagnoses);
      return asBound(operation, bundle, phases, signal, own => unload(own, phases, signal));
    },
    'unloaded',
  );
}

async function unload(operation: Operation, phases: Phases, signal: AbortSignal): Promise<OperationResult> {
  const known = (await operation.records.read())?.diagnoses ?? [];
  const dependents = await findLoadedDependents(operation, signal);
  if (!(await mayUnload(operation, dependents, signal))) return ended(phases, 'cancelled', []);
  return withoutDependents(operation, unloadedFirst(dependents), phases, signal, async toItsEnd => {
    const unloading = await phases.run('unloading', toItsEnd, () => unloadProject(operation), phaseOutcome);
    const { outcome, diagnoses, after } = unloading;
    // That it went says nothing where it was never run.
    const notRun = outcome === 'unloaded' ? known.filter(({ cause }) => cause === 'notRunHere') : [];
    return ended(phases, outcome, [...diagnoses, ...notRun], undefined, after);
  });
}
