import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import {
  buildChanged,
  keptRunning,
  waitingBuildGone,
  waitingForApproval,
  waitingForRestart,
} from '../diagnosis/waiting.ts';
import { loadsFromCollections } from '../model/kextCollections.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import { ask } from '../tools/runner.ts';
import { swVers } from '../tools/swVers.ts';
import { bootTime } from '../tools/sysctl.ts';
import { buildProject } from './build.ts';
import { guarded } from './guarded.ts';
import { factsOf } from './kextFacts.ts';
import type { KextRecord } from './kextRecord.ts';
import { installBundle, loadBundle, type Proof, proveLoad } from './load.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation, OperationResult, Outcome } from './operation.ts';
import type { Phases } from './phases.ts';
import { product } from './product.ts';
import { readSnapshot } from './snapshot.ts';
import { phaseOutcome, type Unloading, unloadProject } from './unload.ts';

/**
 * Reload Kext: build, unload what runs, install, load, and prove that the build is what runs. Ends in loaded,
 * waitingForApproval, waitingForRestart, refused, failed or cancelled; rejects only where a tool could not start or spoke an unknown
 * language.
 */
export function reloadKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async phases => {
    phases.announce(await planOf(operation, signal));
    const built = await phases.run(
      'building',
      signal,
      () => buildProject(operation, signal),
      result => (result.bundle === undefined ? 'failed' : 'done'),
    );
    if (built.bundle === undefined) return ended(phases, 'failed', built.diagnoses);
    const waited = (await operation.records.read())?.pending?.uuid;
    const goOn = waited !== undefined && waited === built.bundle.executable?.uuid ? finish : replaceLoaded;
    const result = await goOn(operation, built.bundle, phases, signal);
    return { ...result, diagnoses: [...result.diagnoses, ...built.diagnoses] };
  });
}

/** What is known before anything happens: undefined where a build is loaded as soon as it is there, and after its restart. */
async function planOf({ target, records }: Operation, signal: AbortSignal): Promise<string | undefined> {
  const { version } = await ask(target.runner, swVers(), signal);
  if (!loadsFromCollections({ version })) return undefined;
  const known = await records.read();
  if (known?.pending !== undefined && known.bootTime !== (await ask(target.runner, bootTime(), signal)))
    return undefined;
  const macOS = `macOS ${Number.parseInt(version, 10)}`;
  return `${macOS} runs the new code only after a restart; Reload will prepare it and go on after the restart.`;
}

/**
 * Finishes a reload that waited for the target's restart: loads the build that is ready, without building anew. Another
 * build that was made meanwhile is loaded instead, and that is said.
 */
export function finishReload(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async phases => {
    const promised = (await operation.records.read())?.pending?.uuid;
    const { bundle } = await product(operation.project);
    const facts = factsOf(operation);
    if (bundle === undefined) return ended(phases, 'failed', [waitingBuildGone(facts, promised)]);
    const result = await finish(operation, bundle, phases, signal);
    const uuid = bundle.executable?.uuid;
    if (promised === undefined || uuid === undefined || promised === uuid) return result;
    return { ...result, diagnoses: [...result.diagnoses, buildChanged(facts, promised, uuid)] };
  });
}

/** A kext of a collection runs as soon as its target has restarted: then there is nothing but to prove it. */
async function finish(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const before = await readSnapshot(operation.target, [], signal);
  const listed = loadedKext(before, operation.project.bundleIdentifier)?.uuid;
  const restarted = (await operation.records.read())?.bootTime !== before.system.bootTime;
  const runs = restarted && loadsFromCollections(before.system) && listed !== undefined;
  if (!runs || listed !== bundle.executable?.uuid) return replaceLoaded(operation, bundle, phases, signal);
  return proveLoaded(operation, bundle, phases);
}

/**
 * Unloads what runs, if anything, and loads the build. Where another build can run after a restart only, what runs stays
 * until then: an unload would end it for nothing. Where the same build was unloaded and is kept until the restart, it is
 * loaded again all the same, so that the restart finds it.
 */
async function replaceLoaded(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const before = await readSnapshot(operation.target, [], signal);
  const listed = loadedKext(before, operation.project.bundleIdentifier);
  const waitsAnyway = loadsFromCollections(before.system) && listed?.uuid !== bundle.executable?.uuid;
  if (listed === undefined || waitsAnyway) return install(operation, bundle, phases, signal);
  const known = await operation.records.read();
  const unloading = await phases.run('unloading', signal, () => unloadProject(operation, bundle), phaseOutcome);
  if (phaseOutcome(unloading) === 'done') return install(operation, bundle, phases, signal);
  if (unloading.outcome === 'stillLoaded' && loadsFromCollections(before.system)) {
    const result = await install(operation, bundle, phases, signal);
    return { ...result, diagnoses: [...result.diagnoses, keptRunning(factsOf(operation), unloading.diagnoses)] };
  }
  const { outcome, diagnoses } = refused(operation, bundle, unloading, known);
  return ended(phases, outcome, diagnoses, bundle, unloading.after);
}

async function install(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const installed = await phases.run('installing', signal, () => installBundle(operation, bundle, signal));
  return loadInstalled(operation, bundle, installed, phases, signal);
}

/** From the moment in which the kernel is asked a cancel waits: what came of the load is looked at and told. */
async function loadInstalled(
  operation: Operation,
  bundle: KextBundle,
  installed: string,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const toTheEnd = neverCancelled();
  const { outcome, diagnoses } = await phases.run(
    'loading',
    signal,
    () => loadBundle(operation, installed, toTheEnd),
    loading => (loading.outcome === 'failed' ? 'failed' : 'done'),
  );
  if (outcome === 'failed') return ended(phases, 'failed', diagnoses, bundle);
  if (outcome === 'loaded') return proveLoaded(operation, bundle, phases);
  return waitsFor(outcome === 'needsApproval' ? 'approval' : 'restart', operation, bundle, phases);
}

async function proveLoaded(operation: Operation, bundle: KextBundle, phases: Phases): Promise<OperationResult> {
  const toTheEnd = neverCancelled();
  const proof = await phases.run('verifying', toTheEnd, () => proveLoad(operation, bundle, toTheEnd), proofOutcome);
  await rememberLoad(operation, proof);
  const failed = !proof.proved || proof.diagnoses.some(({ severity }) => severity === 'error');
  return ended(phases, failed ? 'failed' : 'loaded', proof.diagnoses, bundle, proof.after);
}

/** The build is installed and cannot run yet. What was refused in this boot is remembered beside it. */
async function waitsFor(
  what: 'approval' | 'restart',
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
): Promise<OperationResult> {
  const { records, project, target } = operation;
  const after = await readSnapshot(target, project.classes, neverCancelled());
  const { bootTime } = after.system;
  const known = await records.read();
  const sameBoot = known?.bootTime === bootTime ? known : undefined;
  const uuid = bundle.executable?.uuid ?? '';
  await records.write({
    bootTime,
    diagnoses: sameBoot?.diagnoses ?? [],
    ...(sameBoot?.refused === undefined ? {} : { refused: sameBoot.refused }),
    pending: { uuid, until: what },
  });
  const loaded = loadedKext(after, project.bundleIdentifier)?.uuid;
  const waiting = (what === 'approval' ? waitingForApproval : waitingForRestart)(factsOf(operation), uuid, loaded);
  const outcome = what === 'approval' ? 'waitingForApproval' : 'waitingForRestart';
  return ended(phases, outcome, [...(sameBoot?.diagnoses ?? []), waiting], bundle, after);
}

/** A kext that is listed and not run is known as that for as long as it is listed. */
async function rememberLoad({ records }: Operation, { diagnoses, after }: Proof): Promise<void> {
  if (diagnoses.some(({ cause }) => cause === 'notRunHere'))
    await records.write({ bootTime: after.system.bootTime, diagnoses });
  else await records.clear();
}

function proofOutcome({ proved }: Proof): 'done' | 'failed' {
  return proved ? 'done' : 'failed';
}

/**
 * The loaded build does not go. The first time in a boot that is a refusal; from then on a build that differs from the
 * loaded one can only wait for the restart that clears it. Either way a build that differs is ready for that restart.
 */
function refused(
  operation: Operation,
  bundle: KextBundle,
  { outcome, diagnoses, untouched, after }: Unloading,
  known: KextRecord | undefined,
): { readonly outcome: Outcome; readonly diagnoses: readonly Diagnosis[] } {
  const built = bundle.executable?.uuid;
  const loaded = loadedKext(after, operation.project.bundleIdentifier)?.uuid;
  if (outcome !== 'refused' || untouched || built === undefined || built === loaded) return { outcome, diagnoses };
  const refusedBefore = known?.refused !== undefined && known.bootTime === after.system.bootTime;
  return {
    outcome: refusedBefore ? 'waitingForRestart' : outcome,
    diagnoses: [...diagnoses, waitingForRestart(factsOf(operation), built, loaded)],
  };
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
