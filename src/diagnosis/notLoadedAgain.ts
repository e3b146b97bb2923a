import type { Diagnosis } from './diagnosis.ts';
import { type LoadedKextFacts, onIdentifier } from './loadFailure.ts';
import { withStop } from './sentence.ts';

/** The kext was unloaded because another one had to go, and stays unloaded: `missing`, which it is linked against, is not there. */
export function notLoadedAgain(kext: LoadedKextFacts, missing: string): Diagnosis {
  return onIdentifier(kext, {
    cause: 'loadFailed',
    message: `${kext.bundleIdentifier} is not loaded again: it is linked against ${missing}, which is not loaded.`,
    remedy: `Load ${missing}, then ${kext.bundleIdentifier}.`,
    evidence: [{ text: `kextstat does not list ${missing}` }],
  });
}

/** The same where its load came to no answer that is known: `why`, and what was `said`. */
export function loadUnanswered(kext: LoadedKextFacts, why: string, said: readonly string[]): Diagnosis {
  const { bundleIdentifier, target } = kext;
  return onIdentifier(kext, {
    cause: 'loadFailed',
    message: `${bundleIdentifier} was to be loaded again, and that came to no answer: ${withStop(why)}`,
    remedy: `Load it where ${target} does not list it.`,
    evidence: said.map(text => ({ text })),
  });
}
