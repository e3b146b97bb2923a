import { dependents, type Kext } from '../model/kext.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { UntouchedReason } from '../tools/unloadOutcome.ts';
import { reasonOfFailure } from './catalogue/reasonOfFailure.ts';
import type { Cause, Diagnosis } from './diagnosis.ts';
import { asSubject } from './sentence.ts';

/** An unload that did not end with the kext gone. */
export interface Refusal {
  readonly outcome: string;
  /** Everything that the tool said of it. */
  readonly lines: readonly string[];
  /** What it said besides: that it hands over to kmutil. */
  readonly notices?: readonly string[];
  readonly exitCode: number | null;
  /** As the target lists them after the refusal; empty where that is not known. */
  readonly kexts: readonly Kext[];
  readonly bundleIdentifier: string;
  /** Of the CFBundleIdentifier in the developer's Info.plist. */
  readonly anchor: SourcePosition | undefined;
  /** As the user sees it. */
  readonly target: string;
  /** Of an unload that the kernel turned down before it touched the driver. */
  readonly untouched?: UntouchedReason | undefined;
  /** Its system may keep an unloaded kext until it restarts (macOS 11 and later). */
  readonly keptByTheSystem?: boolean;
}

interface Told {
  readonly cause: Cause;
  readonly severity: Diagnosis['severity'];
  readonly message: string;
  readonly remedy: string;
}

/** What the refusal means for the kext as a whole; the classes behind it have diagnoses of their own. */
export function refusalDiagnosis(refusal: Refusal): Diagnosis {
  const { lines, notices = [], exitCode } = refusal;
  const nothing = `kextunload said nothing${notices.length === 0 ? '' : ' more'} and exited with ${exitCode}`;
  const said = lines.length === 0 ? [...notices, nothing] : lines;
  return {
    about: 'unload',
    evidence: said.map(text => ({ text })),
    holders: [],
    certainty: refusal.outcome === 'unknown' ? 'possible' : 'certain',
    ...tell(refusal),
    ...(refusal.anchor === undefined ? {} : { anchor: refusal.anchor }),
  };
}

function tell(refusal: Refusal): Told {
  const { outcome, kexts, bundleIdentifier: kext, target, keptByTheSystem, untouched } = refusal;
  switch (outcome) {
    case 'refused':
      if (untouched !== undefined) return tellUntouched(untouched, kext, target);
      return {
        cause: 'refused',
        severity: 'warning',
        message: `After this refusal ${kext} is terminated but still loaded: this build stays in the kernel until ${target} restarts. Loading it again starts the old code.`,
        remedy: `Restart ${target} to clear it.`,
      };
    case 'dependents':
      return {
        cause: 'dependents',
        severity: 'error',
        message: `${kext} is in use: ${dependentNames(kext, kexts)}. Nothing was terminated.`,
        remedy: 'Unload what is linked against it first.',
      };
    case 'notPrivileged':
      return {
        cause: 'notPrivileged',
        severity: 'error',
        message: `${asSubject(target)} let nobody but root unload ${kext}.`,
        remedy: 'Allow this user to run kextunload with sudo.',
      };
    case 'notFound':
      return {
        cause: 'notLoaded',
        severity: 'information',
        message: `${kext} is not loaded: there is nothing to unload.`,
        remedy: 'Compare the identifier with the list of loaded kexts, or load it.',
      };
    case 'stopFailed':
      return {
        cause: 'stopFailed',
        severity: 'error',
        message: `The module stop function of ${kext} refused: its services are terminated, the kext stays loaded until ${target} restarts.`,
        remedy: 'Return KERN_SUCCESS from the stop function once nothing can call back into the kext.',
      };
    case 'stillLoaded':
      if (keptByTheSystem)
        return {
          cause: 'stillLoaded',
          severity: 'warning',
          message: `The unload of ${kext} was accepted, and ${target} still lists it: this macOS keeps a kext of its collection until it restarts.`,
          remedy: `Restart ${target}: by Apple's account it is gone after that.`,
        };
      return {
        cause: 'stillLoaded',
        severity: 'error',
        message: `kextunload reported success, but ${target} still lists ${kext}.`,
        remedy: `Restart ${target} to run another build.`,
      };
    default:
      return tellUnknown(refusal);
  }
}

/** No case of its own: by what the catalogue has on a line of it or on its code. */
function tellUnknown({ bundleIdentifier: kext, lines }: Refusal): Told {
  const { reason, code } = reasonOfFailure(lines);
  const known = reason ?? code;
  const cause = known === undefined ? ', for a reason that is not known here.' : `. ${known.cause}`;
  return {
    cause: 'unknown',
    severity: 'error',
    message: `${kext} was not unloaded${cause}`,
    remedy: known?.remedy ?? 'Read what kextunload said, below and in the log.',
  };
}

function tellUntouched(untouched: UntouchedReason, kext: string, target: string): Told {
  if (untouched === 'terminateDisallowed')
    return {
      cause: 'terminateDisallowed',
      severity: 'error',
      message: `${kext} does not let an unload terminate its services: OSBundleAllowUserTerminate is false, or a service is of a class of the kernel's or Apple's.`,
      remedy: `Set OSBundleAllowUserTerminate to true; the loaded build goes when ${target} restarts.`,
    };
  if (untouched === 'removalVetoed')
    return {
      cause: 'removalVetoed',
      severity: 'error',
      message: `A security policy of ${target} forbids to unload ${kext}. Nothing was terminated.`,
      remedy: `Check System Integrity Protection and the security products of ${target}.`,
    };
  return {
    cause: 'unsupportedByCache',
    severity: 'error',
    message: `${kext} is in a kext collection from which the kernel cannot take a kext out. Nothing was terminated: its driver runs on.`,
    remedy: `Only a restart of ${target} brings another collection in: with another build, or without the kext once its bundle is removed. Where a bootloader put it in, change it there.`,
  };
}

function dependentNames(bundleIdentifier: string, kexts: readonly Kext[]): string {
  const kext = kexts.find(each => each.bundleIdentifier === bundleIdentifier);
  const names = kext === undefined ? [] : dependents(kext, kexts).map(each => each.bundleIdentifier);
  return names.length === 0 ? 'something holds a reference to it' : `${names.join(', ')} linked against it`;
}
