import { basename } from 'node:path';
import type { KextBundle } from '../bundle/kextBundle.ts';
import { nothingInstalled } from '../diagnosis/nothingInstalled.ts';
import { loadedKext } from '../model/snapshot.ts';
import { visiting } from '../tools/port/runner.ts';
import { asBound } from './boundTo.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { removeCopies } from './install/installBundle.ts';
import { installFolderOf, placeOfCopy } from './install/installPlace.ts';
import { findInstalledCopies } from './install/kextCopies.ts';
import { removeWhole, whyNotRemovable } from './install/removeWhole.ts';
import { readSnapshot } from './kernel/snapshot.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation, OperationResult } from './operation.ts';
import type { Phases } from './phases.ts';
import { factsOf } from './project/kextFacts.ts';
import { product } from './project/product.ts';
import { isFilledIn } from './project/productFit.ts';
import { mayUnload } from './unload/confirmUnload.ts';
import { noDependents } from './unload/dependents.ts';
import { phaseOutcome, unloadProject } from './unload/unloadProject.ts';

/**
 * Uninstall: unloads the kext where it is loaded, and removes what is installed of it, also where the unload was refused: then it
 * is gone after the restart. What is installed is known by the identifier that it carries on the target, so that no build is needed.
 * Nothing waits any more.
 */
export function uninstallKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async (phases, signal) => {
    const { bundle, diagnoses } = await product(operation.project);
    return asBound(operation, bundle, phases, signal, async own =>
      isFilledIn(own.project.bundleIdentifier)
        ? uninstall(own, bundle, phases, signal)
        : ended(phases, 'failed', diagnoses),
    );
  });
}

async function uninstall(
  operation: Operation,
  bundle: KextBundle | undefined,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const { target, project, records } = operation;
  const { bundleIdentifier } = project;
  const installFolder = await installFolderOf(operation, signal);
  const bundleName = bundle === undefined ? project.xcode?.productName : basename(bundle.folder);
  const wanted = { bundleIdentifier, bundleName, installFolder };
  const copies = (await findInstalledCopies(target, wanted, signal)).map(({ path }) => ({
    path,
    place: placeOfCopy(path, bundleIdentifier, target),
  }));
  const folders = copies.map(({ place }) => place.folder);
  const why = await whyNotRemovable(target.runner, folders, signal);
  if (why !== undefined) throw new Error(why);
  if (!(await mayUnload(operation, noDependents, signal))) return ended(phases, 'cancelled', [], bundle);
  const before = await readSnapshot(target, [], signal);
  const unloading =
    loadedKext(before, bundleIdentifier) === undefined
      ? undefined
      : await phases.run('unloading', signal, () => unloadProject(operation), phaseOutcome);
  await phases.run('removing', neverCancelled(), () =>
    visiting(target.runner, async there => {
      // What is kept beside a copy goes before it: `.` comes first.
      for (const { path, place } of copies)
        await (path === place.path ? removeCopies(there, place) : removeWhole(there, place, path));
    }),
  );
  const { pending: _, ...known } = (await records.read()) ?? { bootTime: undefined, diagnoses: [] };
  await records.panic.clear();
  if (known.refused === undefined) await records.clear();
  else await records.write(known);
  const found = copies.length > 0 ? [] : [nothingInstalled(factsOf(operation), installFolder)];
  const all = [...(unloading?.diagnoses ?? []), ...found];
  return ended(phases, 'uninstalled', all, undefined, unloading?.after ?? before);
}
