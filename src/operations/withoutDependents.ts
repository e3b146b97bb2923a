import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { loadedKext } from '../model/snapshot.ts';
import { kextstat } from '../tools/kextstat.ts';
import { ask } from '../tools/runner.ts';
import { TargetLost } from '../tools/toolErrors.ts';
import { aloneOnKext } from './aloneOnKext.ts';
import type { Unloading } from './attemptUnload.ts';
import type { Dependent } from './dependents.ts';
import { ended } from './ended.ts';
import { type LoadedAgain, loadAgain } from './loadAgain.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { DependentResult, Operation, OperationResult, Outcome } from './operation.ts';
import type { Phases } from './phases.ts';
import { phaseOutcome, unloadProject } from './unloadProject.ts';

/** One that was worked on, and what its unload came to. */
interface Tried extends Unloading {
  readonly dependent: Dependent;
}

/** Outcomes that would hide that a dependent does not run again. */
const saysNoFailure: ReadonlySet<Outcome> = new Set(['loaded', 'cancelled']);

/** Outcomes after which nothing is left that the dependents could be linked against, as it was asked for. */
const areGoneWithIt: ReadonlySet<Outcome> = new Set(['unloaded', 'notFound']);

/**
 * Unloads the `dependents`, which come in the order of their unloads, does `work` on the kext itself, and loads them again
 * where the kext is loaded afterwards. One that does not go ends the operation as `dependents` before the kext is touched.
 * From the first unload on a cancel ends nothing half-way: it is looked at between two kexts, and what went comes back.
 */
export async function withoutDependents(
  operation: Operation,
  dependents: readonly Dependent[],
  phases: Phases,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<OperationResult>,
): Promise<OperationResult> {
  if (dependents.length === 0) return work(signal);
  return alone(dependents.toReversed(), phases, signal, async () => {
    const tried = await unloadAll(dependents, phases, signal);
    const gone = tried.filter(({ outcome }) => outcome === 'unloaded').map(({ dependent }) => dependent);
    const last = tried.at(-1);
    if (last !== undefined && phaseOutcome(last) === 'refused') {
      const result = ended(phases, 'dependents', last.diagnoses, undefined, last.after);
      return together(result, tried, await loadAgain(gone.toReversed(), [], phases));
    }
    if (signal.aborted)
      return together(ended(phases, 'cancelled', []), tried, await loadAgain(gone.toReversed(), [], phases));
    const result = await workOrRestore(operation, gone, phases, work);
    return together(result, tried, await comeBack(operation, result, gone, phases));
  });
}

/** Holds the locks of all; whoever does that takes them in the order of loads, so that no two wait for each other. */
function alone<T>(
  [first, ...others]: readonly Dependent[],
  phases: Phases,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  if (first === undefined) return work();
  return aloneOnKext(first.operation, signal, () => alone(others, phases, signal, work), phases.turn);
}

/** Each by the way that every unload goes, until one stays. */
async function unloadAll(
  dependents: readonly Dependent[],
  phases: Phases,
  signal: AbortSignal,
): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const dependent of dependents) {
    if (signal.aborted) break;
    const { operation } = dependent;
    const own = phases.on(operation.project.bundleIdentifier);
    const unloading = await own.run('unloading', neverCancelled(), () => unloadProject(operation), phaseOutcome);
    tried.push({ dependent, ...unloading });
    if (phaseOutcome(unloading) === 'refused') break;
  }
  return tried;
}

/** Where the work comes to no end of its own, what can be loaded again is, before the error goes on. */
async function workOrRestore(
  operation: Operation,
  gone: readonly Dependent[],
  phases: Phases,
  work: (signal: AbortSignal) => Promise<OperationResult>,
): Promise<OperationResult> {
  try {
    return await work(neverCancelled());
  } catch (error) {
    // A target that panicked has started anew, with nothing of it; one that is lost cannot be asked.
    if (!(error instanceof TargetLost) && (await isListed(operation))) await loadAgain(gone.toReversed(), [], phases);
    throw error;
  }
}

async function comeBack(
  operation: Operation,
  { outcome, snapshot }: OperationResult,
  gone: readonly Dependent[],
  phases: Phases,
): Promise<LoadedAgain> {
  const { bundleIdentifier } = operation.project;
  const isLoaded =
    snapshot === undefined ? await isListed(operation) : loadedKext(snapshot, bundleIdentifier) !== undefined;
  if (!isLoaded && areGoneWithIt.has(outcome)) return { results: new Map(), diagnoses: [], snapshot: undefined };
  return loadAgain(gone.toReversed(), isLoaded ? [] : [bundleIdentifier], phases);
}

async function isListed({ project, target }: Operation): Promise<boolean> {
  const kexts = await ask(target.runner, kextstat(), neverCancelled());
  return kexts.some(({ bundleIdentifier }) => bundleIdentifier === project.bundleIdentifier);
}

/** The operation's own result, with what became of the dependents: it has failed where one does not run again. */
function together(result: OperationResult, tried: readonly Tried[], again: LoadedAgain): OperationResult {
  const dependents = tried.map(({ dependent, outcome }): DependentResult => {
    const { bundleIdentifier } = dependent.operation.project;
    return { bundleIdentifier, unload: outcome, ...again.results.get(bundleIdentifier) };
  });
  const diagnoses: readonly Diagnosis[] = [...result.diagnoses, ...again.diagnoses];
  const notAgain = dependents.some(({ load }) => load === 'failed');
  const outcome = notAgain && saysNoFailure.has(result.outcome) ? 'failed' : result.outcome;
  const { snapshot } = again;
  return { ...result, outcome, diagnoses, dependents, ...(snapshot === undefined ? {} : { snapshot }) };
}
