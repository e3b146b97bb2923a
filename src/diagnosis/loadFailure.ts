import { everyEntry } from '../model/registryEntry.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { Cause, Diagnosis } from './diagnosis.ts';
import { capital } from './sentence.ts';

/** What every diagnosis of a load needs to know of the kext. */
export interface LoadedKextFacts {
  readonly bundleIdentifier: string;
  /** As the user sees it. */
  readonly target: string;
  /** It is the Simulated Mac, which has no System Settings. */
  readonly simulated?: boolean;
  /** Of the CFBundleIdentifier in the developer's Info.plist. */
  readonly identifierPosition: SourcePosition | undefined;
}

/** The target's tools refused to load the kext. `lines`: everything that they said. */
export function loadFailure(kext: LoadedKextFacts, lines: readonly string[], exitCode: number | null): Diagnosis {
  const different = lines.some(line =>
    /different version\/uuid already loaded|a different (version|UUID) is already/.test(line),
  );
  const reason = lines.map(reasonIn).find(each => each !== undefined);
  const cause: Cause = different ? 'differentBuildLoaded' : 'loadFailed';
  const message = different
    ? `${capital(kext.target)} runs another build of ${kext.bundleIdentifier} and keeps it until it restarts.`
    : `${kext.bundleIdentifier} was not loaded${reason === undefined ? '' : `: ${reason}`}.`;
  const remedy = different
    ? `Restart ${kext.target}, then reload.`
    : lines.some(line => line.includes('KMErrorDomain'))
      ? 'Read what kmutil said, below and in the log.'
      : 'The first line of the evidence that names the kext is the reason; kextutil tells more.';
  const said = lines.length === 0 ? [`kextload said nothing and exited with ${exitCode}`] : lines;
  return onIdentifier(kext, { cause, message, remedy, evidence: said.map(text => ({ text })) });
}

/** In the words of kextload, of the kernel behind kmutil, or of kmutil. */
function reasonIn(line: string): string | undefined {
  const [, ofTool] = / - \(libkern\/\w+\) ([^;]+?)[.;]/.exec(line) ?? [];
  const [, ofKernel] = /Kernel request failed: \(\w+\/\w+\) (.+?) \(-\d+\)/.exec(line) ?? [];
  const [, ofKmutil] = /^Error Domain=\S+ Code=-?\d+ "([^"\n]*[^"\n.:])/.exec(line) ?? [];
  return ofTool ?? ofKernel ?? ofKmutil;
}

/** The list names another binary than the one that was built and installed. */
export function wrongBuildRuns(kext: LoadedKextFacts, built: string, listed: string | undefined): Diagnosis {
  const runs = listed === undefined ? 'kextstat does not list it' : `kextstat lists ${listed}`;
  return onIdentifier(kext, {
    cause: 'wrongBuildRuns',
    message: `The build of ${kext.bundleIdentifier} that runs is not the one that was built.`,
    remedy: `Look for another copy of the kext on ${kext.target}, or restart it.`,
    evidence: [{ text: `built ${built}` }, { text: runs }],
  });
}

/** One personality of the kext: what it wants to drive, and with which class. */
export interface WantedMatch {
  readonly personality: string;
  readonly ioClass: string;
  readonly providerClass: string | undefined;
}

/**
 * The kext is loaded and the driver of one of its personalities does not run. Where a provider is there, matching came
 * as far as the driver itself, so its init(), probe() or start() gave up; without one there is nothing to drive.
 */
export function notStarted(
  kext: LoadedKextFacts,
  match: WantedMatch,
  after: Snapshot,
  start: SourcePosition | undefined,
): Diagnosis | undefined {
  const entries = [...everyEntry(after.registry)];
  const conforms = (name: string, className: string, chain: readonly string[] | undefined) =>
    className === name || (chain?.includes(name) ?? false);
  const running = entries.some(
    each => each.active !== false && conforms(match.ioClass, each.className, each.inheritance),
  );
  if (running) return undefined;
  const provider = entries.find(
    each => match.providerClass !== undefined && conforms(match.providerClass, each.className, each.inheritance),
  );
  const seen = [{ text: `ioreg: no ${match.ioClass} in the I/O Registry` }];
  if (provider === undefined) {
    return {
      ...onIdentifier(kext, {
        cause: 'notStarted',
        message: `${kext.bundleIdentifier} is loaded and drives nothing: no ${match.providerClass ?? 'provider'} is there for ${match.ioClass}.`,
        remedy: `Connect the device, or check IOProviderClass of the personality ${match.personality}.`,
        evidence: seen,
      }),
      severity: 'information',
    };
  }
  const diagnosis = onIdentifier(kext, {
    cause: 'notStarted',
    message: `${kext.bundleIdentifier} is loaded, but ${match.ioClass} does not run: its init(), probe() or start() gave up.`,
    remedy: `Follow the false that start() of ${match.ioClass} returns; what it allocated by then is its own to release, stop() is not called.`,
    evidence: [...seen, { text: `ioreg: its provider ${provider.name} (${provider.className}) is there` }],
  });
  const located = start === undefined ? diagnosis : { ...diagnosis, anchor: start };
  return { ...located, class: match.ioClass, certainty: 'likely' };
}

function onIdentifier(
  kext: LoadedKextFacts,
  told: Pick<Diagnosis, 'cause' | 'message' | 'remedy' | 'evidence'>,
): Diagnosis {
  return {
    about: 'load',
    severity: 'error',
    holders: [],
    certainty: 'certain',
    ...told,
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
