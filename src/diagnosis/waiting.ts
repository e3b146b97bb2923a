import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** The build is ready and cannot run before the target restarts. No error: it needs nothing but the restart. */
export function waitingForRestart(
  kext: LoadedKextFacts,
  built: string | undefined,
  loaded: string | undefined,
): Diagnosis {
  return {
    about: 'wait',
    cause: 'waitingForRestart',
    severity: 'information',
    message: `The new build of ${kext.bundleIdentifier} is ready and waits for a restart of ${kext.target}.`,
    evidence: [
      ...(built === undefined ? [] : [{ text: `built ${built}` }]),
      ...(loaded === undefined ? [] : [{ text: `loaded ${loaded}` }]),
    ],
    holders: [],
    remedy: `Restart ${kext.target}, then finish the reload.`,
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

/** The build is installed, and its owner has to let it in. No error: after that a restart is all that it needs. */
export function waitingForApproval(
  kext: LoadedKextFacts,
  built: string | undefined,
  loaded: string | undefined,
): Diagnosis {
  return {
    ...waitingForRestart(kext, built, loaded),
    cause: 'waitingForApproval',
    message: `The new build of ${kext.bundleIdentifier} is installed and waits for its approval on ${kext.target}.`,
    remedy: `Approve it${kext.simulated ? '' : ' in System Settings, Privacy & Security'}, restart ${kext.target}, then finish the reload.`,
  };
}

/**
 * The kext was unloaded to be loaded again, and its system keeps it until the restart: the same build runs on, as it was.
 * `unload`: what was found of the unload.
 */
export function keptRunning(kext: LoadedKextFacts, unload: readonly Diagnosis[]): Diagnosis {
  return {
    about: 'unload',
    cause: 'stillLoaded',
    severity: 'information',
    message: `${kext.bundleIdentifier} was not started afresh: this macOS keeps an unloaded kext until it restarts. The same build runs on.`,
    evidence: unload.flatMap(({ evidence }) => evidence),
    holders: [],
    remedy: `Restart ${kext.target} to start it afresh.`,
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

/** The build that waited for the restart is no longer there. */
export function waitingBuildGone(kext: LoadedKextFacts, promised: string | undefined): Diagnosis {
  return {
    about: 'load',
    cause: 'loadFailed',
    severity: 'error',
    message: `The build of ${kext.bundleIdentifier} that waited for the restart is gone.`,
    evidence: promised === undefined ? [] : [{ text: `waited ${promised}` }],
    holders: [],
    remedy: 'Reload builds it again.',
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

/** Another build than the one that waited was loaded, because it was made meanwhile. */
export function buildChanged(kext: LoadedKextFacts, promised: string, loaded: string): Diagnosis {
  return {
    about: 'load',
    cause: 'buildChanged',
    severity: 'information',
    message: `A later build of ${kext.bundleIdentifier} was there than the one that waited for the restart.`,
    evidence: [{ text: `waited ${promised}` }, { text: `found ${loaded}` }],
    holders: [],
    remedy: 'Nothing to do: what was found is what this reload took.',
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

/** A build that was to be loaded from the shelf cannot be read there. */
export function shelvedGone(kext: LoadedKextFacts, problem: string): Diagnosis {
  return {
    ...waitingBuildGone(kext, undefined),
    message: `The build of ${kext.bundleIdentifier} on the shelf cannot be read.`,
    evidence: [{ text: problem }],
    remedy: 'Take another one, or reload, which builds it again.',
  };
}
