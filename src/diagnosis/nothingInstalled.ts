import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** A kext was to be uninstalled, and `folder`, into which builds are installed there, has no copy of it. */
export function nothingInstalled(kext: LoadedKextFacts, folder: string): Diagnosis {
  return {
    about: 'unload',
    cause: 'notLoaded',
    severity: 'information',
    message: `No copy of ${kext.bundleIdentifier} is in ${folder} on ${kext.target}: there was nothing to remove.`,
    evidence: [],
    holders: [],
    remedy: 'Find Stale Copies, in a terminal sweep, looks for copies in the other folders.',
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
