import { basename, posix } from 'node:path';
import type { KextBundle } from '../bundle/kextBundle.ts';
import { nothingInstalled } from '../diagnosis/nothingInstalled.ts';
import { loadedKext } from '../model/snapshot.ts';
import { leftoverOf } from '../tools/kextPlaces.ts';
import { removeBundle } from '../tools/removeBundle.ts';
import { ask, type Runner, visiting } from '../tools/runner.ts';
import { asBound } from './boundTo.ts';
import { mayUnload } from './confirmUnload.ts';
import { noDependents } from './dependents.ts';
import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { removeCopies } from './installBundle.ts';
import { installFolderOf, placeIn } from './installPlace.ts';
import { findInstalledCopies } from './kextCopies.ts';
import { factsOf } from './kextFacts.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation, OperationResult } from './operation.ts';
import type { Phases } from './phases.ts';
import { product } from './product.ts';
import { isFilledIn } from './productFit.ts';
import { readSnapshot } from './snapshot.ts';
import { phaseOutcome, unloadProject } from './unloadProject.ts';

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
  const paths = (await findInstalledCopies(target, wanted, signal)).map(({ path }) => path);
  if (!(await mayUnload(operation, noDependents, signal))) return ended(phases, 'cancelled', [], bundle);
  const before = await readSnapshot(target, [], signal);
  const unloading =
    loadedKext(before, bundleIdentifier) === undefined
      ? undefined
      : await phases.run('unloading', signal, () => unloadProject(operation), phaseOutcome);
  await phases.run('removing', neverCancelled(), () =>
    visiting(target.runner, there => removeAll(there, paths, bundleIdentifier)),
  );
  const { pending: _, ...known } = (await records.read()) ?? { bootTime: undefined, diagnoses: [] };
  await records.panic.clear();
  if (known.refused === undefined) await records.clear();
  else await records.write(known);
  const found = paths.length > 0 ? [] : [nothingInstalled(factsOf(operation), installFolder)];
  const all = [...(unloading?.diagnoses ?? []), ...found];
  return ended(phases, 'uninstalled', all, undefined, unloading?.after ?? before);
}

/** Each bundle with what is kept beside it, and what is kept beside nothing. */
async function removeAll(runner: Runner, paths: readonly string[], bundleIdentifier: string): Promise<void> {
  const bundles = paths.filter(path => leftoverOf(path) === undefined);
  const places = bundles.map(path => placeIn(posix.dirname(path), posix.basename(path), bundleIdentifier));
  for (const place of places) await removeCopies(runner, place);
  const gone = new Set(places.flatMap(({ path, unfinished, kept }) => [path, unfinished, kept]));
  for (const path of paths.filter(each => !gone.has(each)))
    await ask(runner, removeBundle(path, posix.dirname(path)), neverCancelled());
}
