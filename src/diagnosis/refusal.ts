import { dependents, type Kext } from '../model/kext.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { UnloadProgress, UnloadReason } from '../tools/outcome/unloadReason.ts';
import { explainMessages } from './catalogue/explain.ts';
import type { Explained } from './catalogue/explained.ts';
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
  /** Why, where a line says it; undefined where all that was said is that it was refused. */
  readonly because?: UnloadReason | undefined;
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
    certainty: certaintyOf(refusal),
    ...tell(refusal),
    ...(refusal.anchor === undefined ? {} : { anchor: refusal.anchor }),
  };
}

/** Where nobody says why, a code of the kernel's stands for several cases. */
function certaintyOf({ outcome, because }: Refusal): Diagnosis['certainty'] {
  if (outcome === 'unknown' || (outcome === 'refused' && because === undefined)) return 'possible';
  const isLikely = (outcome === 'stopFailed' && because === undefined) || because?.kind === 'classLookedUp';
  return isLikely ? 'likely' : 'certain';
}

function tell(refusal: Refusal): Told {
  const { outcome, kexts, bundleIdentifier: kext, target, keptByTheSystem, because } = refusal;
  switch (outcome) {
    case 'refused':
      return tellRefused(refusal);
    case 'dependents':
      return {
        cause: 'dependents',
        severity: 'error',
        message: `${kext} is in use: ${dependentNames(kext, kexts)}. Nothing was terminated.`,
        remedy: 'Unload what is linked against it first.',
      };
    case 'notPrivileged':
      if (because?.kind === 'notEntitled') return tellReason(refusal, because);
      return {
        cause: 'notPrivileged',
        severity: 'error',
        message: `${asSubject(target)} let nobody but root unload ${kext}.`,
        remedy: 'Allow this user to run kextunload with sudo.',
      };
    case 'notFound':
      if (because?.kind === 'notFoundAtPath') return tellReason(refusal, because);
      return {
        cause: 'notLoaded',
        severity: 'information',
        message: `${kext} is not loaded: there is nothing to unload.`,
        remedy: 'Compare the identifier with the list of loaded kexts, or load it.',
      };
    case 'stopFailed':
      if (because?.kind === 'instancesAfterStop')
        return {
          cause: 'stopFailed',
          severity: 'error',
          message: `Objects of classes of ${kext} came to life while its module stop function ran, so the classes were not torn down: its services are terminated, the kext stays loaded until ${target} restarts.`,
          remedy: 'Allocate nothing in the stop function, and start nothing there that allocates.',
        };
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

function tellRefused(refusal: Refusal): Told {
  const { bundleIdentifier: kext, target, because } = refusal;
  if (because === undefined) return codeOf(refusal.lines) === inUse ? tellInUse(kext) : tellUnknown(refusal);
  switch (because.kind) {
    case 'instances':
      return tellTerminated(kext, target);
    case 'failedLate':
      return codeOf([because.text]) === inUse ? tellTerminated(kext, target) : tellReason(refusal, because);
    case 'classLookedUp':
      return {
        cause: 'refused',
        severity: 'warning',
        message: `${kext} was not unloaded, and the kernel named no class with instances: one of its classes was only being looked up at that moment.`,
        remedy: `Unload again: its services are terminated, and nothing else holds it.`,
      };
    case 'terminateDisallowed':
      return {
        cause: 'terminateDisallowed',
        severity: 'error',
        message: `${kext} does not let an unload terminate its services: OSBundleAllowUserTerminate is false, or a service is of a class of the kernel's or Apple's. ${stateAfter(because.progress, target)}`,
        remedy: `Set OSBundleAllowUserTerminate to true; the loaded build goes when ${target} restarts.`,
      };
    case 'removalVetoed':
      return {
        cause: 'removalVetoed',
        severity: 'error',
        message: `A security policy of ${target} forbids to unload ${kext}. Nothing was terminated.`,
        remedy: `Check System Integrity Protection and the security products of ${target}.`,
      };
    case 'unsupportedByCache':
      return {
        cause: 'unsupportedByCache',
        severity: 'error',
        message: `${kext} is in a kext collection from which the kernel cannot take a kext out. Nothing was terminated: its driver runs on.`,
        remedy: `Only a restart of ${target} brings another collection in: with another build, or without the kext once its bundle is removed. Where a bootloader put it in, change it there.`,
      };
    default:
      return tellReason(refusal, because);
  }
}

/** kOSKextReturnInUse. */
const inUse = 0xdc008018;

function codeOf(lines: readonly string[]): number | undefined {
  return reasonOfFailure(lines).code?.row.code;
}

function tellTerminated(kext: string, target: string): Told {
  return {
    cause: 'refused',
    severity: 'warning',
    message: `After this refusal ${kext} is terminated but still loaded: this build stays in the kernel until ${target} restarts. Loading it again starts the old code.`,
    remedy: `Restart ${target} to clear it.`,
  };
}

/** The code alone comes of checks before and after the termination of the services. */
function tellInUse(kext: string): Told {
  return {
    cause: 'inUse',
    severity: 'error',
    message: `The kernel says that ${kext} is in use, and no line says by what. Either nothing was terminated: a kext is linked against it, a resource that it asked for has not come, or its collection cannot give it out. Or its services are terminated, and objects of its classes or references to it are left.`,
    remedy: `Ask the kernel's log of that moment: log show --last 5m --predicate 'process == "kernel"'. Without it, look whether its driver is still active in the I/O Registry, and for kexts whose <…> list in kextstat holds its index.`,
  };
}

/** In the words of the catalogue, and what had become of the kext by then. */
function tellReason(refusal: Refusal, because: UnloadReason): Told {
  const known = rowOf(because);
  if (known === undefined) return tellUnknown(refusal);
  const { bundleIdentifier: kext, target } = refusal;
  const state = saysItself.has(because.kind) || isOfStart(known) ? '' : ` ${stateAfter(because.progress, target)}`;
  return {
    cause: problemOfUnload(known),
    severity: known.row.severity,
    message: `${kext} was not unloaded. ${known.cause}${state}`,
    remedy: known.remedy,
  };
}

/** kmutil says the same of a load, whose Problems are others. */
function problemOfUnload({ row: { problem = 'unknown' } }: Explained): Cause {
  return /^(loadFailed|waiting)/.test(problem) ? 'unknown' : problem;
}

/** A summary of the kernel's says less than its code. */
function rowOf({ kind, text }: UnloadReason): Explained | undefined {
  return (kind === 'failedLate' ? reasonOfFailure([text]).code : undefined) ?? explainMessages(text)[0];
}

const saysItself: ReadonlySet<UnloadReason['kind']> = new Set([
  'servicesTerminated',
  'classNotTerminated',
  'notFoundAtPath',
]);

/** A start pointer is looked at when the kext is started. */
function isOfStart({ fields }: Explained): boolean {
  return fields.routine === 'start';
}

function stateAfter(progress: UnloadProgress, target: string): string {
  switch (progress) {
    case 'nothing terminated':
      return 'Nothing was terminated.';
    case 'some terminated':
      return 'Services that the kernel came to before that are terminated, the others run on.';
    case 'terminated':
      return 'Its services are terminated, and its code is still loaded.';
    case 'classes taken out':
      return `Its services are terminated, and its code stays loaded until ${target} restarts.`;
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

function dependentNames(bundleIdentifier: string, kexts: readonly Kext[]): string {
  const kext = kexts.find(each => each.bundleIdentifier === bundleIdentifier);
  const names = kext === undefined ? [] : dependents(kext, kexts).map(each => each.bundleIdentifier);
  return names.length === 0 ? 'something holds a reference to it' : `${names.join(', ')} linked against it`;
}
