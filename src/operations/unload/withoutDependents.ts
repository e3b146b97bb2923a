import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { loadedKext } from '../../model/snapshot.ts';
import { TargetLost } from '../../tools/port/toolErrors.ts';
import { aloneOnKext } from '../aloneOnKext.ts';
import { alsoSaying } from '../alsoSaying.ts';
import { ended } from '../ended.ts';
import type { Unloading } from '../kernel/attemptUnload.ts';
import { listedAfterwards } from '../kernel/listedKexts.ts';
import { type LoadedAgain, loadAgain } from '../kernel/loadAgain.ts';
import { neverCancelled } from '../neverCancelled.ts';
import type { DependentResult, Operation, OperationResult, Outcome } from '../operation.ts';
import type { Phases } from '../phases.ts';
import type { Dependent } from './dependents.ts';
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
 * From the first unload on a cancel ends nothing half-way: it is looked at between two kexts, and what went comes back. Where
 * something comes to no end of its own, what became of those that went is said with why.
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
    const tried: Tried[] = [];
    try {
      for await (const one of unloadAll(dependents, phases, signal)) tried.push(one);
      const gone = goneOf(tried);
      const last = tried.at(-1);
      if (last !== undefined && phaseOutcome(last) === 'refused') {
        const result = ended(phases, 'dependents', last.diagnoses, undefined, last.after);
        return together(result, tried, await loadAgain(gone.toReversed(), [], phases));
      }
      if (signal.aborted)
        return together(ended(phases, 'cancelled', []), tried, await loadAgain(gone.toReversed(), [], phases));
      const result = await work(neverCancelled());
      return together(result, tried, await comeBack(operation, result, gone, phases));
    } catch (error) {
      // A target that panicked has started anew, with nothing of it; one that is lost cannot be asked.
      if (error instanceof TargetLost) throw error;
      const became = await restored(operation, dependents, goneOf(tried), phases).catch(lost => {
        throw alsoSaying(lost, `Before that: ${(error as Error).message}`);
      });
      throw became === undefined ? error : alsoSaying(error, became);
    }
  });
}

function goneOf(tried: readonly Tried[]): readonly Dependent[] {
  return tried.filter(({ outcome }) => outcome === 'unloaded').map(({ dependent }) => dependent);
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
async function* unloadAll(
  dependents: readonly Dependent[],
  phases: Phases,
  signal: AbortSignal,
): AsyncGenerator<Tried, void> {
  for (const dependent of dependents) {
    if (signal.aborted) return;
    const { operation } = dependent;
    const own = phases.on(operation.project.bundleIdentifier);
    const unloading = await own.run('unloading', neverCancelled(), () => unloadProject(operation), phaseOutcome);
    yield { dependent, ...unloading };
    if (phaseOutcome(unloading) === 'refused') return;
  }
}

/**
 * Loads again what can be, by what the target lists: one whose unload came to no answer may have gone, too. Gives what became of
 * those that went, in sentences; undefined where none did.
 */
async function restored(
  { project, target }: Operation,
  dependents: readonly Dependent[],
  gone: readonly Dependent[],
  phases: Phases,
): Promise<string | undefined> {
  const kexts = await listedAfterwards(target);
  if (kexts === undefined) {
    if (gone.length === 0) return undefined;
    return `Unloaded before that, and not loaded again, since ${target.called} does not list its kexts: ${namesOf(gone)}.`;
  }
  const isListed = (kext: string) => loadedKext({ kexts }, kext) !== undefined;
  const away = dependents.filter(({ operation }) => !isListed(operation.project.bundleIdentifier));
  if (away.length === 0) return undefined;
  const missing = isListed(project.bundleIdentifier) ? [] : [project.bundleIdentifier];
  const { results, diagnoses } = await loadAgain(away.toReversed(), missing, phases);
  const back = away.filter(({ operation }) => runs(results.get(operation.project.bundleIdentifier)));
  const errors = diagnoses.filter(({ severity }) => severity === 'error');
  return [
    ...(back.length === 0 ? [] : [`Loaded again: ${namesOf(back)}.`]),
    ...errors.map(({ message, remedy }) => `${message} ${remedy}`),
  ].join(' ');
}

function namesOf(dependents: readonly Dependent[]): string {
  return dependents.map(({ operation }) => operation.project.bundleIdentifier).join(', ');
}

function runs(result: Pick<DependentResult, 'load' | 'uuid'> | undefined): boolean {
  return result?.load === 'loaded' || result?.uuid !== undefined;
}

async function comeBack(
  { project, target }: Operation,
  { outcome, snapshot }: OperationResult,
  gone: readonly Dependent[],
  phases: Phases,
): Promise<LoadedAgain> {
  const { bundleIdentifier } = project;
  const kexts = snapshot?.kexts ?? (await listedAfterwards(target));
  const isLoaded = kexts !== undefined && loadedKext({ kexts }, bundleIdentifier) !== undefined;
  if (!isLoaded && areGoneWithIt.has(outcome)) return { results: new Map(), diagnoses: [], snapshot: undefined };
  // Where the list cannot be read, the loads find out.
  return loadAgain(gone.toReversed(), isLoaded || kexts === undefined ? [] : [bundleIdentifier], phases);
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
