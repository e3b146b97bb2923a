import type { KextBundle } from '../../bundle/kextBundle.ts';
import { isBuildOf } from '../../diagnosis/loadProof.ts';
import { bootOf } from '../../model/boot.ts';
import { loadedKext } from '../../model/snapshot.ts';
import { attemptUnload, type LeavingKext, type Unloading } from '../kernel/attemptUnload.ts';
import { neverCancelled } from '../neverCancelled.ts';
import type { Operation } from '../operation.ts';
import { readDeclarations } from '../project/declarations.ts';
import { keepFilesSafe } from '../thisMacCare.ts';

/** How the phase of an unload that came to `outcome` has ended. */
export function phaseOutcome({ outcome }: Unloading): 'done' | 'refused' {
  return outcome === 'unloaded' || outcome === 'notFound' ? 'done' : 'refused';
}

/**
 * Unloads the project's kext, once more where its last instance was only late, and remembers what that came to. Once the
 * kernel was asked there is no way back, so a cancel does not end it half-way. `built`: what is to be loaded in its place.
 */
export async function unloadProject(operation: Operation, built?: KextBundle): Promise<Unloading> {
  const signal = neverCancelled();
  await keepFilesSafe(operation);
  const kext = leaving(operation, signal);
  const first = await attemptUnload(kext, operation.target, signal);
  const late = first.diagnoses.length > 0 && first.diagnoses.every(({ verdict }) => verdict === 'notYet');
  const unloading = late ? await attemptUnload(kext, operation.target, signal) : first;
  await remember(operation, unloading, built);
  return unloading;
}

function leaving({ project }: Operation, signal: AbortSignal): LeavingKext {
  const { infoPlist, identifierPosition } = project;
  return {
    bundleIdentifier: project.bundleIdentifier,
    classes: project.classes,
    // The source may have changed since the project was found.
    declarations: () => readDeclarations(project, signal),
    providerOf: name => infoPlist.personalities.find(({ ioClass }) => ioClass === name)?.ioProviderClass,
    anchorOf: because =>
      (because === 'terminateDisallowed' ? infoPlist.allowUserTerminatePosition : undefined) ?? identifierPosition,
  };
}

/**
 * Keeps what a later operation, window or terminal has to know. Only an unload that terminated the driver and failed is
 * a refusal that holds until the restart; a build that waits goes on waiting, whatever the unload came to.
 */
async function remember(operation: Operation, unloading: Unloading, built: KextBundle | undefined): Promise<void> {
  const { outcome, diagnoses, untouched, after } = unloading;
  const { records, project } = operation;
  const known = await records.read();
  const waits = known?.pending === undefined ? {} : { pending: known.pending };
  if ((outcome === 'refused' && !untouched) || outcome === 'stopFailed') {
    const uuid = loadedKext(after, project.bundleIdentifier)?.uuid;
    const next = built?.executable?.uuid;
    const pending =
      built === undefined || next === undefined || isBuildOf(built, uuid) ? waits : { pending: { uuid: next } };
    await records.write({ ...bootOf(after.system), diagnoses, refused: { uuid }, ...pending });
  } else if (phaseOutcome(unloading) === 'done') {
    if (known?.pending === undefined) await records.clear();
    else await records.write({ bootTime: undefined, diagnoses: [], ...waits });
  }
}
