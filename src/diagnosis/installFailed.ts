import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** A build could not be copied to the target; `lines`: what the tools there said. */
export function installFailed(kext: LoadedKextFacts, message: string, lines: readonly string[]): Diagnosis {
  return {
    about: 'load',
    cause: 'installFailed',
    severity: 'error',
    message,
    evidence: lines.map(text => ({ text })),
    holders: [],
    remedy: `Put right on ${kext.target} what is said here, and install again.`,
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

/** A bundle that was built for the Simulated Mac is nothing for a Mac. */
export function crossBuilt(kext: LoadedKextFacts): Diagnosis {
  return {
    about: 'load',
    cause: 'crossBuilt',
    severity: 'error',
    message: `${kext.bundleIdentifier} was built for the Simulated Mac (KextDevCrossBuilt in its Info.plist); it is not installed on ${kext.target}.`,
    evidence: [],
    holders: [],
    remedy: `Build it for a Mac: without SIMULATED_MAC, with Apple's compiler and headers.`,
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
