import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** The build is ready and cannot run before the target restarts. No error: it needs nothing but the restart. */
export function waitingForRestart(kext: LoadedKextFacts, built: string, loaded: string | undefined): Diagnosis {
  return {
    about: 'wait',
    cause: 'waitingForRestart',
    severity: 'information',
    message: `The new build of ${kext.bundleIdentifier} is ready and waits for a restart of ${kext.target}.`,
    evidence: [{ text: `built ${built}` }, { text: `loaded ${loaded ?? 'without a UUID'}` }],
    holders: [],
    remedy: `Restart ${kext.target}, then finish the reload.`,
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
