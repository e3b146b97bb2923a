import type { Cause, Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { OperationResult, Outcome } from '../../operations/operation.ts';

/** What became of the target and the kext since the diagnoses were made. */
export interface Since {
  readonly sameBoot: boolean;
  readonly loaded: boolean;
  /** The kext's record speaks of a refusal, and says all that there is to say of it. */
  readonly refused: boolean;
}

/**
 * The diagnoses that still hold: a build's until the next one; those about a load or an unload until the target
 * restarts, and about what runs only while the kext is loaded.
 */
export function lastingDiagnoses(
  shown: readonly Diagnosis[],
  { sameBoot, loaded, refused }: Since,
): readonly Diagnosis[] {
  return shown.filter(({ about, cause }) => {
    if (about === 'build') return true;
    if (about === 'wait' || !sameBoot) return false;
    if (about === 'unload') return loaded && !refused;
    if (cause === 'notLoaded') return !loaded;
    return loaded || !aboutWhatRuns.has(cause);
  });
}

const aboutWhatRuns: ReadonlySet<Cause> = new Set([
  'notStarted',
  'notRunHere',
  'wrongBuildRuns',
  'notReloaded',
  'differentBuildLoaded',
  'buildChanged',
]);

/** The remembered ones and the shown ones, each once, and of a class one verdict alone. */
export function mergedDiagnoses(remembered: readonly Diagnosis[], shown: readonly Diagnosis[]): readonly Diagnosis[] {
  return [...remembered, ...shown.filter(each => !remembered.some(known => saysTheSame(known, each)))];
}

function saysTheSame(known: Diagnosis, other: Diagnosis): boolean {
  if (known.message === other.message) return true;
  return known.verdict !== undefined && other.verdict !== undefined && known.class === other.class;
}

/** They end without a word about how the kext was loaded or unloaded. */
const saysNothing: ReadonlySet<Outcome> = new Set([
  'cancelled',
  'built',
  'installed',
  'approved',
  'used',
  'quit',
  'plugged',
  'unplugged',
]);

/** Whether what an operation found of a load or an unload takes the place of what was shown before. */
export function replacesDiagnoses(result: Pick<OperationResult, 'outcome' | 'diagnoses'> | undefined): boolean {
  if (result === undefined || saysNothing.has(result.outcome)) return false;
  return result.outcome !== 'failed' || withoutBuildFindings(result.diagnoses).length > 0;
}

/** What is shown after an operation: a build has findings of its own, and so have what loads and unloads. */
export function diagnosesAfter(
  shown: readonly Diagnosis[],
  result: Pick<OperationResult, 'outcome' | 'diagnoses' | 'phases'> | undefined,
): readonly Diagnosis[] {
  if (result === undefined) return shown;
  const built = result.phases.some(({ name }) => name === 'building');
  return [
    ...withoutBuildFindings(replacesDiagnoses(result) ? result.diagnoses : mergedDiagnoses(result.diagnoses, shown)),
    ...mergedDiagnoses(buildFindings(result.diagnoses), built ? [] : buildFindings(shown)),
  ];
}

/** A build's own findings; they go when the next one starts. */
export function buildFindings(diagnoses: readonly Diagnosis[]): readonly Diagnosis[] {
  return diagnoses.filter(({ about }) => about === 'build');
}

/** All but a build's findings. */
export function withoutBuildFindings(diagnoses: readonly Diagnosis[]): readonly Diagnosis[] {
  return diagnoses.filter(({ about }) => about !== 'build');
}
