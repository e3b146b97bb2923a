import type { Diagnosis } from '../diagnosis/diagnosis.ts';

/** What became of the target and the kext since the diagnoses were made. */
export interface Since {
  readonly sameBoot: boolean;
  readonly loaded: boolean;
}

/**
 * The diagnoses that still hold: a build's until the next one; a load's until the target restarts, those about a running
 * driver only while the kext is loaded. Those about an unload, and about what is awaited, are remembered with the
 * kext's record and not here.
 */
export function lastingDiagnoses(shown: readonly Diagnosis[], { sameBoot, loaded }: Since): readonly Diagnosis[] {
  return shown.filter(({ about, cause }) => {
    if (about === 'build') return true;
    if (about !== 'load' || !sameBoot) return false;
    return loaded || (cause !== 'notStarted' && cause !== 'wrongBuildRuns');
  });
}

/** The remembered ones and the shown ones, each once. */
export function mergedDiagnoses(remembered: readonly Diagnosis[], shown: readonly Diagnosis[]): readonly Diagnosis[] {
  return [...remembered, ...shown.filter(each => !remembered.some(({ message }) => message === each.message))];
}
