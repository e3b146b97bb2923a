import { loadedKext } from '../model/snapshot.ts';
import { mayUnload } from './confirmUnload.ts';
import { noDependents } from './dependents.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { removeCopies } from './installBundle.ts';
import { installPlaceOf } from './installPlace.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation, OperationResult } from './operation.ts';
import { product } from './product.ts';
import { readSnapshot } from './snapshot.ts';
import { phaseOutcome, unloadProject } from './unloadProject.ts';

/**
 * Uninstall: unloads the kext where it is loaded, and removes the installed copy, also where the unload was refused: then it
 * is gone after the restart. Nothing waits any more.
 */
export function uninstallKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async (phases, signal) => {
    const { target, project, records } = operation;
    const { bundle, diagnoses } = await product(project);
    if (bundle === undefined) return ended(phases, 'failed', diagnoses);
    if (!(await mayUnload(operation, noDependents, signal))) return ended(phases, 'cancelled', [], bundle);
    const before = await readSnapshot(target, [], signal);
    const unloading =
      loadedKext(before, project.bundleIdentifier) === undefined
        ? undefined
        : await phases.run('unloading', signal, () => unloadProject(operation), phaseOutcome);
    const toTheEnd = neverCancelled();
    const place = await installPlaceOf(operation, bundle, toTheEnd);
    await phases.run('removing', toTheEnd, () => removeCopies(target.runner, place));
    const { pending: _, ...known } = (await records.read()) ?? { bootTime: undefined, diagnoses: [] };
    await records.panic.clear();
    if (known.refused === undefined) await records.clear();
    else await records.write(known);
    return ended(phases, 'uninstalled', unloading?.diagnoses ?? [], undefined, unloading?.after ?? before);
  });
}
