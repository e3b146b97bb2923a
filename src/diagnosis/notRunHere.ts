import { count } from './count.ts';
import type { Diagnosis, Evidence } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import { asSubject } from './sentence.ts';

/** The kext is listed, and its code is not run: a Mac's kext on the Simulated Mac. `why`: what shows it. */
export function notRunHere(kext: LoadedKextFacts, why: string): Diagnosis {
  return told(kext, {
    about: 'load',
    message: `${kext.bundleIdentifier} is loaded, but not run here: says nothing about leaks.`,
    evidence: [{ text: why }],
    remedy: `Build it with SIMULATED_MAC set, so that ${kext.target} gets code that it can run.`,
    certainty: 'certain',
  });
}

/**
 * A build for the Simulated Mac failed because of the `names` that it has not (see missingInterface). undefined where
 * there are none: then the mistake is the driver's own.
 */
export function notBuiltHere(kext: LoadedKextFacts, names: readonly string[]): Diagnosis | undefined {
  if (names.length === 0) return undefined;
  return told(kext, {
    about: 'build',
    message: `${kext.bundleIdentifier} is not run here: says nothing about leaks. ${asSubject(kext.target)} lacks ${count(names.length, 'name')} of the kernel that it uses.`,
    evidence: names.map((text): Evidence => ({ text })),
    remedy: 'Check the spelling; what a Mac has and the Simulated Mac has not can only be tried on a Mac.',
    certainty: 'likely',
  });
}

function told(
  kext: LoadedKextFacts,
  diagnosis: Pick<Diagnosis, 'about' | 'message' | 'evidence' | 'remedy' | 'certainty'>,
): Diagnosis {
  return {
    cause: 'notRunHere',
    severity: 'information',
    holders: [],
    ...diagnosis,
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
