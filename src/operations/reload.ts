import { type KextBundle, readKextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { isBuildOf } from '../diagnosis/loadProof.ts';
import { buildChanged, keptRunning, waitingBuildGone, waitingForRestart } from '../diagnosis/waiting.ts';
import { holdsIn } from '../model/boot.ts';
import { capabilitiesOf } from '../model/capabilities.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import { loadedKexts } from '../tools/loadedKexts.ts';
import { ask } from '../tools/port/runner.ts';
import { loadedWithoutCopy } from './atBoot.ts';
import { asBound } from './boundTo.ts';
import { buildProject } from './build.ts';
import { ended } from './ended.ts';
import { installAndLoad, proveLoaded } from './install/installAndLoad.ts';
import { whyNotInstalled } from './install/installProduct.ts';
import { unfitForTarget } from './install/unfitForTarget.ts';
import type { Unloading } from './kernel/attemptUnload.ts';
import { readSystem } from './kernel/readSystem.ts';
import { readSnapshot } from './kernel/snapshot.ts';
import { requireAfterPanic } from './lost/afterPanic.ts';
import type { Operation, OperationResult, Outcome } from './operation.ts';
import type { Phases } from './phases.ts';
import { factsOf } from './project/kextFacts.ts';
import { product } from './project/product.ts';
import type { KextRecord } from './record/kextRecord.ts';
import { reloadCourse, wasRefused } from './reloadCourse.ts';
import type { ShelvedReload } from './shelf/shelf.ts';
import { type ReloadWork, shelveReload } from './shelf/shelveReload.ts';
import { mayLoadThere } from './thisMacCare.ts';
import { afterUnload } from './unload/afterUnload.ts';
import { mayUnload } from './unload/confirmUnload.ts';
import { findDependents, noDependents, unloadedFirst } from './unload/dependents.ts';
import { phaseOutcome, unloadProject } from './unload/unloadProject.ts';
import { withoutDependents } from './unload/withoutDependents.ts';

/**
 * Reload Kext: build, unload what runs, install, load, and prove that the build is what runs. Ends in loaded,
 * waitingForApproval, waitingForRestart, refused, failed or cancelled; rejects only where a tool could not start or spoke an unknown
 * language, and with AfterPanic.
 */
export function reloadKext(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return shelveReload(operation, signal, async (own, tell, phases, signal) => {
    await requireAfterPanic(own, 'reload');
    if (!(await mayLoadThere(own, signal))) return ended(phases, 'cancelled', []);
    await own.target.mend?.(signal);
    phases.announce(await planOf(own, signal));
    const built = await phases.run(
      'building',
      signal,
      tell => buildProject(own, signal, tell),
      result => (result.bundle === undefined ? 'failed' : 'done'),
    );
    if (built.bundle === undefined) return ended(phases, 'failed', built.diagnoses);
    const unfit = await unfitForTarget(own, built.bundle, signal);
    if (unfit.length > 0) return ended(phases, 'failed', [...unfit, ...built.diagnoses], built.bundle);
    tell(built.bundle);
    const result = await finishOrReplace(own, built.bundle, phases, signal);
    return { ...result, diagnoses: [...result.diagnoses, ...built.diagnoses] };
  });
}

/** Goes on with a build that is there: one that waited for the target's restart is finished. */
export async function finishOrReplace(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const waited = (await operation.records.read())?.pending?.uuid;
  const goOn = waited !== undefined && waited === bundle.executable?.uuid ? finish : replaceLoaded;
  return asBound(operation, bundle, phases, signal, bound => goOn(bound, bundle, phases, signal));
}

/** What is known before anything happens: undefined where a build is loaded as soon as it is there, and after its restart. */
async function planOf(operation: Operation, signal: AbortSignal): Promise<string | undefined> {
  const { target, records } = operation;
  const system = await readSystem(target, signal);
  const capabilities = capabilitiesOf(system);
  const known = await records.read();
  if (!capabilities.loadNeedsRestart.value && !wasRefused(known, system)) return undefined;
  if (known?.pending !== undefined && !holdsIn(known, system)) return undefined;
  const kexts = await ask(target.runner, loadedKexts(capabilities), signal);
  const { stops, restart } = await reloadCourse(operation, { system, kexts }, known, signal);
  return stops ?? restart;
}

/**
 * Finishes a reload that waited for the target's restart: loads the build that is ready, without building anew. Another
 * build that was made meanwhile is loaded instead, and that is said. Rejects as reloadKext does.
 */
export function finishReload(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  let fromShelf: FromShelf | undefined;
  let promised: string | undefined;
  const work: ReloadWork = async (own, tell, phases, signal) => {
    await requireAfterPanic(own, 'finishReload');
    if (!(await mayLoadThere(own, signal))) return ended(phases, 'cancelled', []);
    const bundle = fromShelf?.bundle ?? (await product(own.project)).bundle;
    const facts = factsOf(own);
    if (bundle === undefined) return ended(phases, 'failed', [waitingBuildGone(facts, promised)]);
    const unfit = await unfitForTarget(own, bundle, signal);
    if (unfit.length > 0) return ended(phases, 'failed', unfit, bundle);
    tell(bundle);
    const result = await asBound(own, bundle, phases, signal, bound => finish(bound, bundle, phases, signal));
    const uuid = bundle.executable?.uuid;
    if (promised === undefined || uuid === undefined || promised === uuid) return result;
    return { ...result, diagnoses: [...result.diagnoses, buildChanged(facts, promised, uuid)] };
  };
  return shelveReload(operation, signal, work, async () => {
    promised = (await operation.records.read())?.pending?.uuid;
    fromShelf = promised === undefined ? undefined : await loadedFromShelf(operation, promised);
    return fromShelf?.reload;
  });
}

interface FromShelf {
  readonly reload: ShelvedReload;
  readonly bundle: KextBundle;
}

/** A build that waits because it was taken from the shelf is taken from there again; undefined for any other. */
async function loadedFromShelf({ shelf }: Operation, uuid: string): Promise<FromShelf | undefined> {
  const reload = await shelf?.shelved(uuid);
  if (reload?.fromShelf === undefined) return undefined;
  const bundle = await readKextBundle(reload.bundle);
  return 'problem' in bundle ? undefined : { reload, bundle };
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
  const known = await operation.records.read();
  const restarted = known === undefined || !holdsIn(known, before.system);
  const runs = restarted && capabilitiesOf(before.system).fromCollection.value && listed !== undefined;
  if (!runs || !isBuildOf(bundle, listed)) return replaceLoaded(operation, bundle, phases, signal);
  return proveLoaded(operation, bundle, {}, phases);
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
  const foreign = await loadedWithoutCopy(operation, before, signal);
  if (foreign !== undefined) return ended(phases, 'failed', [foreign.diagnosis], bundle, before);
  const fromCollection = capabilitiesOf(before.system).fromCollection.value;
  const waitsAnyway = fromCollection && !isBuildOf(bundle, listed?.uuid);
  if (listed === undefined || waitsAnyway) return installAndLoad(operation, bundle, { row: listed }, phases, signal);
  const notInstalled = await whyNotInstalled(operation, bundle, signal);
  if (notInstalled.length > 0) return ended(phases, 'failed', notInstalled, bundle, before);
  // Where kexts come from a collection what runs stays, and with it what is linked against it.
  const dependents = fromCollection ? noDependents : await findDependents(operation, before.kexts, signal);
  if (!(await mayUnload(operation, dependents, signal))) return ended(phases, 'cancelled', [], bundle, before);
  const result = await withoutDependents(operation, unloadedFirst(dependents), phases, signal, toItsEnd =>
    unloadAndLoad(operation, bundle, before, phases, toItsEnd),
  );
  return { bundle, ...result };
}

/** `before`: as the target was when nothing was touched. */
async function unloadAndLoad(
  operation: Operation,
  bundle: KextBundle,
  before: Snapshot,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const known = await operation.records.read();
  const row = loadedKext(before, operation.project.bundleIdentifier);
  const unloading = await phases.run('unloading', signal, () => unloadProject(operation, bundle), phaseOutcome);
  if (phaseOutcome(unloading) === 'done')
    return afterUnload(operation, bundle, phases, signal, () =>
      installAndLoad(operation, bundle, { row }, phases, signal),
    );
  if (unloading.outcome === 'stillLoaded' && capabilitiesOf(before.system).fromCollection.value) {
    const kept = keptRunning(factsOf(operation), unloading.diagnoses);
    const result = await installAndLoad(operation, bundle, { row, kept }, phases, signal);
    return { ...result, diagnoses: [...result.diagnoses, kept] };
  }
  const { outcome, diagnoses } = refused(operation, bundle, unloading, known);
  return ended(phases, outcome, diagnoses, bundle, unloading.after);
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
  if (outcome !== 'refused' || untouched || built === undefined || isBuildOf(bundle, loaded))
    return { outcome, diagnoses };
  return {
    outcome: wasRefused(known, after.system) ? 'waitingForRestart' : outcome,
    diagnoses: [...diagnoses, waitingForRestart(factsOf(operation), built, loaded)],
  };
}
