import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** That a reload has taken the kext out of the kernel and brought nothing in: a sentence behind what ended it. */
export function unloadedOnlyText({
  bundleIdentifier,
  target,
}: Pick<LoadedKextFacts, 'bundleIdentifier' | 'target'>): string {
  return `${bundleIdentifier} was unloaded before that, and is not loaded on ${target}.`;
}

/** The same of a reload that was cancelled between the two. */
export function unloadedOnly(kext: LoadedKextFacts): Diagnosis {
  return {
    about: 'load',
    cause: 'notLoaded',
    severity: 'warning',
    message: `The reload was cancelled. ${unloadedOnlyText(kext)}`,
    evidence: [],
    holders: [],
    remedy: 'Reload it again: until then nothing of it runs.',
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
