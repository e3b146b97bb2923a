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
