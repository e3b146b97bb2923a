import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { waitingForRestart } from '../diagnosis/waiting.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import { buildProject } from './build.ts';
import { guarded } from './guarded.ts';
import { factsOf } from './kextProject.ts';
import { installBundle, loadBundle, proveLoad } from './load.ts';
import type { Operation, OperationResult, Outcome } from './operation.ts';
import type { Phases } from './phases.ts';
import { product } from './product.ts';
import { readSnapshot } from './snapshot.ts';
import { phaseOutcome, type Unloading, unloadProject } from './unload.ts';

/**
 * Reload Kext: build, unload what runs, install, load, and prove that the build is what runs. Ends in loaded,
 * waitingForRestart, refused, failed or cancelled; rejects only where a tool could not start or spoke an unknown
 * language.
 */
export function reloadKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async phases => {
    const built = await phases.run(
      'building',
      signal,
      () => buildProject(operation, signal),
      result => (result.bundle === undefined ? 'failed' : 'done'),
    );
    if (built.bundle === undefined) return ended(phases, 'failed', built.diagnoses);
    return replaceLoaded(operation, built.bundle, phases, signal);
  });
}

/** Finishes a reload that waited for the target's restart: loads the build that is ready, without building anew. */
export function finishReload(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async phases => {
    const ready = await product(operation.project);
    if (ready.bundle === undefined) return ended(phases, 'failed', ready.diagnoses);
    return replaceLoaded(operation, ready.bundle, phases, signal);
  });
}

async function replaceLoaded(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const before = await readSnapshot(operation.target, [], signal);
  if (loadedKext(before, operation.project.bundleIdentifier) !== undefined) {
    const unloading = await phases.run('unloading', signal, () => unloadProject(operation, signal), phaseOutcome);
    if (phaseOutcome(unloading) === 'refused') return refused(operation, bundle, unloading, phases);
  }
  const installed = await phases.run('installing', signal, () => installBundle(operation, bundle, signal));
  const failures = await phases.run(
    'loading',
    signal,
    () => loadBundle(operation, installed, signal),
    found => (found.length > 0 ? 'failed' : 'done'),
  );
  if (failures.length > 0) return ended(phases, 'failed', failures, bundle);
  const proof = await phases.run(
    'verifying',
    signal,
    () => proveLoad(operation, bundle, signal),
    ({ proved }) => (proved ? 'done' : 'failed'),
  );
  await operation.records.clear();
  const failed = !proof.proved || proof.diagnoses.some(({ severity }) => severity === 'error');
  return ended(phases, failed ? 'failed' : 'loaded', proof.diagnoses, bundle, proof.after);
}

/**
 * The loaded build does not go. The first time in a boot that is a refusal; from then on a build that differs from the
 * loaded one can only wait for the restart that clears it.
 */
async function refused(
  operation: Operation,
  bundle: KextBundle,
  { outcome, diagnoses, after }: Unloading,
  phases: Phases,
): Promise<OperationResult> {
  const known = await operation.records.read();
  const refusedBefore = known?.refused !== undefined && known.bootTime === after.system.bootTime;
  const loaded = loadedKext(after, operation.project.bundleIdentifier)?.uuid;
  const differs = loaded !== bundle.executable?.uuid;
  const waits = outcome === 'refused' && refusedBefore && differs;
  const told = waits
    ? [...diagnoses, waitingForRestart(factsOf(operation), bundle.executable?.uuid ?? 'no UUID', loaded)]
    : diagnoses;
  if (outcome === 'refused' || outcome === 'stopFailed') {
    await operation.records.write({
      bootTime: after.system.bootTime,
      diagnoses: told,
      refused: { uuid: loaded },
      ...(differs && bundle.executable?.uuid !== undefined
        ? { pending: { uuid: bundle.executable?.uuid, bundle: bundle.folder } }
        : {}),
    });
  }
  return ended(phases, waits ? 'waitingForRestart' : outcome, told, bundle, after);
}

function ended(
  phases: Phases,
  outcome: Outcome,
  diagnoses: readonly Diagnosis[],
  bundle?: KextBundle,
  snapshot?: Snapshot,
): OperationResult {
  return {
    outcome,
    phases: phases.records,
    diagnoses,
    ...(bundle === undefined ? {} : { bundle }),
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}
