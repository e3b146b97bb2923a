import type { KextBundle } from '../../bundle/kextBundle.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { isBuildOf } from '../../diagnosis/loadProof.ts';
import { withStop } from '../../diagnosis/sentence.ts';
import { waitingForApproval, waitingForRestart } from '../../diagnosis/waiting.ts';
import { bootOf, holdsIn } from '../../model/boot.ts';
import { loadedKext } from '../../model/snapshot.ts';
import type { Runner } from '../../tools/port/runner.ts';
import { TargetLost, UnknownToolText } from '../../tools/port/toolErrors.ts';
import { alsoSaying } from '../alsoSaying.ts';
import { ended } from '../ended.ts';
import { isAbort } from '../isCancel.ts';
import { listedUuid } from '../kernel/listedUuid.ts';
import { loadBundle } from '../kernel/load.ts';
import { type BeforeLoad, type Proof, proveLoad } from '../kernel/proveLoad.ts';
import { readSnapshot } from '../kernel/snapshot.ts';
import { neverCancelled } from '../neverCancelled.ts';
import type { Operation, OperationResult } from '../operation.ts';
import type { Phases } from '../phases.ts';
import { factsOf } from '../project/kextFacts.ts';
import { rememberCounts } from '../record/countsAtLoad.ts';
import { keepFilesSafe } from '../thisMacCare.ts';
import { type InstalledCopy, putBack } from './installBundle.ts';
import { type InstallPlace, installPlaceOf } from './installPlace.ts';
import { installProduct } from './installProduct.ts';
import { keepInstalled } from './keepInstalled.ts';

/** Copies the build to the target and loads it from there, which is proved against what was listed `before`. */
export async function installAndLoad(
  operation: Operation,
  bundle: KextBundle,
  before: BeforeLoad,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const installed = await installProduct(operation, bundle, phases, signal);
  if ('diagnoses' in installed) return ended(phases, 'failed', installed.diagnoses, bundle);
  const { place, copy } = installed;
  const { runner } = operation.target;
  try {
    const result = await loadAndProve(operation, bundle, place.path, before, phases, signal);
    const back = result.outcome === 'failed' ? await putBackText(runner, place, copy) : undefined;
    return back === undefined ? result : { ...result, diagnoses: result.diagnoses.map(withText(back.text)) };
  } catch (error) {
    const back = (await mayPutBack(operation, bundle, error)) ? await putBackText(runner, place, copy) : undefined;
    // Whoever cancelled expects the copy before it in its place.
    throw back === undefined || (back.isBack && isAbort(error)) ? error : alsoSaying(error, back.text);
  }
}

/**
 * Whether the copy before it can take its place again, after a load or its proof came to no answer. Not where the target was lost, or
 * goes on loading by itself: the next look at it decides.
 */
async function mayPutBack(operation: Operation, bundle: KextBundle, error: unknown): Promise<boolean> {
  if (error instanceof TargetLost || (error instanceof UnknownToolText && error.output.timedOut)) return false;
  const listed = await listedUuid(operation);
  return listed !== 'unknown' && !isBuildOf(bundle, listed);
}

/** What became of the copy before, in a sentence; undefined where there was none. */
async function putBackText(
  runner: Runner,
  place: InstallPlace,
  copy: InstalledCopy,
): Promise<{ readonly text: string; readonly isBack: boolean } | undefined> {
  const not = (text: string) => ({ text, isBack: false });
  try {
    const back = await putBack(runner, place, copy);
    if (back === 'another') return not(`Not put back: somebody else has installed another copy since, ${place.path}.`);
    return back ? { text: `Put back: the copy before it, ${place.path}.`, isBack: true } : undefined;
  } catch (error) {
    if (error instanceof TargetLost) throw error;
    const why = withStop((error as Error).message);
    return not(`The copy before it was not put back: ${why} It is kept at ${place.kept} for the next install.`);
  }
}

function withText(text: string): (diagnosis: Diagnosis) => Diagnosis {
  return diagnosis => ({ ...diagnosis, evidence: [...diagnosis.evidence, { text }] });
}

/**
 * Loads the installed copy of the build, and proves it or remembers what it waits for. From the moment in which the kernel
 * is asked a cancel waits: what came of the load is looked at and told, against what was
 * listed `before`.
 */
export async function loadAndProve(
  operation: Operation,
  bundle: KextBundle,
  installed: string,
  before: BeforeLoad,
  phases: Phases,
  signal: AbortSignal,
): Promise<OperationResult> {
  const toTheEnd = neverCancelled();
  phases.load = { bundle, before };
  await keepFilesSafe(operation);
  const { outcome, diagnoses } = await phases.run(
    'loading',
    signal,
    () => loadBundle(operation, installed, toTheEnd),
    loading => (loading.outcome === 'failed' ? 'failed' : 'done'),
  );
  if (outcome === 'failed') return ended(phases, 'failed', diagnoses, bundle);
  if (outcome === 'loaded') {
    const result = await proveLoaded(operation, bundle, before, phases);
    await rememberCounts(operation, before.row, result.snapshot);
    return result;
  }
  return waitsFor(outcome === 'needsApproval' ? 'approval' : 'restart', operation, bundle, phases);
}

/** Proves that the build is what runs, and that its drivers do. */
export async function proveLoaded(
  operation: Operation,
  bundle: KextBundle,
  before: BeforeLoad,
  phases: Phases,
): Promise<OperationResult> {
  const toTheEnd = neverCancelled();
  phases.load = { bundle, before };
  const prove = () => proveLoad(operation, bundle, before, toTheEnd);
  const proof = await phases.run('verifying', toTheEnd, prove, proofOutcome);
  await rememberLoad(operation, proof);
  if (proof.proved) {
    await operation.records.panic.clear();
    await keepInstalled(operation.target.runner, await installPlaceOf(operation, bundle, toTheEnd), bundle);
  }
  const failed = !proof.proved || proof.diagnoses.some(({ severity }) => severity === 'error');
  const result = ended(phases, failed ? 'failed' : 'loaded', proof.diagnoses, bundle, proof.after);
  return { ...result, proof: proof.proof };
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
  const known = await records.read();
  const sameBoot = known !== undefined && holdsIn(known, after.system) ? known : undefined;
  const uuid = bundle.executable?.uuid ?? '';
  await records.write({
    ...bootOf(after.system),
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
    await records.write({ ...bootOf(after.system), diagnoses });
  else await records.clear();
}

function proofOutcome({ proved }: Proof): 'done' | 'failed' {
  return proved ? 'done' : 'failed';
}
