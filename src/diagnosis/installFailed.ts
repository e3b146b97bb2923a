import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** A build could not be copied to the target; `lines`: what the tools there said; `remedy`: where it is a special one. */
export function installFailed(
  kext: LoadedKextFacts,
  message: string,
  { lines, remedy }: { readonly lines: readonly string[]; readonly remedy: string | undefined },
): Diagnosis {
  return {
    about: 'load',
    cause: 'installFailed',
    severity: 'error',
    message,
    evidence: lines.map(text => ({ text })),
    holders: [],
    remedy: remedy ?? `Put right on ${kext.target} what is said here, and install again.`,
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
