import { everyEntry } from '../model/registryEntry.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type LoadedKextFacts, onIdentifier } from './loadFailure.ts';
import { busyText, isA, stillStarting } from './matching.ts';

/** One personality of the kext: what it wants to drive, and with which class. */
export interface WantedMatch {
  readonly personality: string;
  readonly ioClass: string;
  readonly providerClass: string | undefined;
  /** Where the developer's Info.plist names the class. */
  readonly ioClassPosition: SourcePosition | undefined;
  /** Where start() of the class is defined. */
  readonly start: SourcePosition | undefined;
}

/**
 * The kext is loaded and the driver of one of its personalities does not run: its class does not exist, start() has not
 * come back, or start() gave up, which is so where a provider is there; without one there is nothing to drive. `classes`:
 * those that the kext declares.
 */
export function notStarted(
  kext: LoadedKextFacts,
  match: WantedMatch,
  after: Snapshot,
  classes: readonly string[],
): Diagnosis | undefined {
  const entries = [...everyEntry(after.registry)];
  if (entries.some(each => each.active !== false && isA(match.ioClass, each))) return insideStart(kext, match, after);
  if (!after.classCounts.has(match.ioClass)) return noSuchClass(kext, match, classes);
  const provider = entries.find(each => match.providerClass !== undefined && isA(match.providerClass, each));
  const seen = { text: `ioreg: no ${match.ioClass} in the I/O Registry` };
  if (provider === undefined) {
    return {
      ...onIdentifier(kext, {
        cause: 'notStarted',
        message: `${kext.bundleIdentifier} is loaded and drives nothing: no ${match.providerClass ?? 'provider'} is there for ${match.ioClass}.`,
        remedy: `Connect the device, or check IOProviderClass of the personality ${match.personality}.`,
        evidence: [seen],
      }),
      severity: 'information',
    };
  }
  const diagnosis = onIdentifier(kext, {
    cause: 'notStarted',
    message: `${kext.bundleIdentifier} is loaded, but ${match.ioClass} does not run: its init(), probe() or start() gave up.`,
    remedy: `Follow the false that start() of ${match.ioClass} returns; what it allocated by then is its own to release, stop() is not called.`,
    evidence: [seen, { text: `ioreg: its provider ${provider.name} (${provider.className}) is there` }],
  });
  return { ...located(diagnosis, match.start), class: match.ioClass, certainty: 'likely' };
}

/** Matching says `Couldn't alloc class` then (xnu, IOService::probeCandidates). */
function noSuchClass(kext: LoadedKextFacts, match: WantedMatch, classes: readonly string[]): Diagnosis {
  const diagnosis = onIdentifier(kext, {
    cause: 'notStarted',
    message: `${kext.bundleIdentifier} is loaded and drives nothing: there is no class ${match.ioClass}, which its personality ${match.personality} names.`,
    remedy: `Make IOClass the name of one of the kext's classes${classes.length === 0 ? '' : ` (${classes.join(', ')})`}, as OSDefineMetaClassAndStructors defines it.`,
    evidence: [{ text: `ioclasscount: ${match.ioClass} is not registered` }],
  });
  return located(diagnosis, match.ioClassPosition);
}

function insideStart(kext: LoadedKextFacts, match: WantedMatch, after: Snapshot): Diagnosis | undefined {
  const provider = stillStarting(match.ioClass, after);
  if (provider === undefined) return undefined;
  const diagnosis = onIdentifier(kext, {
    cause: 'notStarted',
    message: `${match.ioClass} is still inside its start(), or in the matching that follows it: ${provider.name} is busy with it.`,
    remedy: `Do not wait in start() of ${match.ioClass} for what comes later. While it waits the driver can be neither terminated nor unloaded; once it was asked to, restart ${kext.target}.`,
    evidence: [{ text: busyText(provider) }],
  });
  return { ...located(diagnosis, match.start), severity: 'warning', class: match.ioClass, certainty: 'likely' };
}

function located(diagnosis: Diagnosis, anchor: SourcePosition | undefined): Diagnosis {
  return anchor === undefined ? diagnosis : { ...diagnosis, anchor };
}
