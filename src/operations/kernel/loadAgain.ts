import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { loadUnanswered, notLoadedAgain } from '../../diagnosis/notLoadedAgain.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import { TargetLost } from '../../tools/port/toolErrors.ts';
import { failureOf } from '../failure.ts';
import { loadAndProve } from '../install/installAndLoad.ts';
import { installPlaceOf } from '../install/installPlace.ts';
import { neverCancelled } from '../neverCancelled.ts';
import type { DependentResult, OperationResult } from '../operation.ts';
import type { Phases } from '../phases.ts';
import { factsOf } from '../project/kextFacts.ts';
import type { Dependent } from '../unload/dependents.ts';
import { listedAfterwards } from './listedKexts.ts';

/** What loading several kexts again came to. */
export interface LoadedAgain {
  /** By bundle identifier. */
  readonly results: ReadonlyMap<string, Pick<DependentResult, 'load' | 'uuid'>>;
  readonly diagnoses: readonly Diagnosis[];
  /** The last that was read; undefined where nothing was. */
  readonly snapshot: Snapshot | undefined;
}

/**
 * Loads kexts from their installed copies, in the order in which they come, and proves each by its UUID. What is linked
 * against one that is not loaded, `missing` to begin with, is not asked for. A failure keeps none of the others: rejects with
 * TargetLost alone.
 */
export async function loadAgain(
  dependents: readonly Dependent[],
  missing: readonly string[],
  phases: Phases,
): Promise<LoadedAgain> {
  const notThere = new Set(missing);
  const results = new Map<string, Pick<DependentResult, 'load' | 'uuid'>>();
  const diagnoses: Diagnosis[] = [];
  let last: Snapshot | undefined;
  for (const dependent of dependents) {
    const { operation, bundle } = dependent;
    const { bundleIdentifier } = operation.project;
    const needed = [...bundle.infoPlist.libraries.keys()].find(library => notThere.has(library));
    if (needed !== undefined) {
      notThere.add(bundleIdentifier);
      results.set(bundleIdentifier, { load: 'failed' });
      diagnoses.push(notLoadedAgain(factsOf(operation), needed));
      continue;
    }
    const result = await loadOne(dependent, phases).catch(error => cameToNothing(dependent, error));
    const listed = result.listed === undefined ? undefined : loadedKext(result.listed, bundleIdentifier);
    if (listed === undefined) notThere.add(bundleIdentifier);
    results.set(bundleIdentifier, {
      load: result.outcome,
      ...(listed?.uuid === undefined ? {} : { uuid: listed.uuid }),
    });
    diagnoses.push(...result.diagnoses);
    last = result.snapshot ?? last;
  }
  return { results, diagnoses, snapshot: last };
}

/** What one load came to. */
interface Loaded extends Pick<OperationResult, 'outcome' | 'diagnoses' | 'snapshot'> {
  /** What is loaded after it; undefined where that was not read. */
  readonly listed: Pick<Snapshot, 'kexts'> | undefined;
}

/** Right is what was loaded before, and the newest build, which may have been installed since. */
async function loadOne({ operation, bundle, row }: Dependent, phases: Phases): Promise<Loaded> {
  const { records, project } = operation;
  const waits = (await records.read())?.pending;
  const { path } = await installPlaceOf(operation, bundle, neverCancelled());
  const own = phases.on(project.bundleIdentifier);
  const result = await loadAndProve(operation, bundle, path, { row, alsoRight: row.uuid }, own, neverCancelled());
  const listed = result.snapshot === undefined ? undefined : loadedKext(result.snapshot, project.bundleIdentifier);
  // A build that was to be loaded in its place still is.
  if (waits !== undefined && listed !== undefined && listed.uuid !== waits.uuid) {
    const known = (await records.read()) ?? { bootTime: undefined, diagnoses: [] };
    await records.write({ ...known, pending: known.pending ?? waits });
  }
  return { ...result, listed: result.snapshot };
}

/** Whether it runs all the same the list says. */
async function cameToNothing({ operation }: Dependent, error: unknown): Promise<Loaded> {
  if (error instanceof TargetLost) throw error;
  const kexts = await listedAfterwards(operation.target);
  const [why = '', ...said] = failureOf(error).message.split('\n');
  return {
    outcome: 'failed',
    diagnoses: [loadUnanswered(factsOf(operation), why, said)],
    listed: kexts === undefined ? undefined : { kexts },
  };
}
