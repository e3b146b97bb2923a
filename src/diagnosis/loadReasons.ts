import type { SourcePosition } from '../model/sourcePosition.ts';
import { count } from './count.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import { asSubject } from './sentence.ts';

/** What of the developer's sources a reason is told on. */
export interface LoadedSource {
  /** OSBundleLibraries: identifier to the version that is asked for. */
  readonly libraries: ReadonlyMap<string, string>;
  /** Where OSBundleLibraries names a library; without one, where it begins. */
  readonly libraryPosition: (library?: string) => SourcePosition | undefined;
  readonly declarationOf: (className: string) => SourcePosition | undefined;
}

/** Why a load was refused, what to do, and where; without a place it is told on the kext's identifier. */
export type LoadReason = Pick<Diagnosis, 'message' | 'remedy'> & { readonly anchor?: SourcePosition | undefined };

/** A library that the target does not have. */
export function libraryMissing(kext: LoadedKextFacts, source: LoadedSource, library: string): LoadReason {
  return {
    message: `${asSubject(kext.target)} has no ${library}, which ${kext.bundleIdentifier} links against.`,
    remedy: 'Correct its name in OSBundleLibraries, or install and load it first.',
    anchor: source.libraryPosition(library) ?? source.libraryPosition(),
  };
}

/** A library that does not stand in for the version that is asked for. */
export function libraryUnfit(kext: LoadedKextFacts, source: LoadedSource, library: string): LoadReason {
  const version = source.libraries.get(library) || 'the version';
  return {
    message: `${library} on ${kext.target} does not stand in for ${version}, which ${kext.bundleIdentifier} asks for.`,
    remedy: "Ask for a version that lies between the library's OSBundleCompatibleVersion and its CFBundleVersion.",
    anchor: source.libraryPosition(library) ?? source.libraryPosition(),
  };
}

/** Symbols that none of the declared libraries has. */
export function symbolsUnresolved(kext: LoadedKextFacts, source: LoadedSource, symbols: readonly string[]): LoadReason {
  const shown = symbols.length > 3 ? `${symbols.slice(0, 3).join(', ')}, …` : symbols.join(', ');
  return {
    message: `${count(symbols.length, 'symbol')} of ${kext.bundleIdentifier} ${symbols.length === 1 ? 'is' : 'are'} in none of its libraries: ${shown}.`,
    remedy: remedyFor(symbols, source.libraries),
    anchor: source.libraryPosition(),
  };
}

/** The I/O Kit's names begin with IO, libkern's with OS. */
function remedyFor(symbols: readonly string[], libraries: ReadonlyMap<string, string>): string {
  const families = [
    ['com.apple.kpi.iokit', /^_(_ZT?[NV]?K?\d+)?g?IO/],
    ['com.apple.kpi.libkern', /^_(_ZT?[NV]?K?\d+)?k?OS/],
  ] as const;
  const family = families.find(([library, names]) => !libraries.has(library) && symbols.some(name => names.test(name)));
  if (family !== undefined) return `Add ${family[0]} to OSBundleLibraries.`;
  return 'Check how they are spelt and that their sources are built, or add the library that has them to OSBundleLibraries.';
}

/** A class, by its qualified name, whose vtable the linker does not find. */
export function vtableMissing(kext: LoadedKextFacts, source: LoadedSource, className: string): LoadReason {
  return {
    message: `The vtable of ${className} is missing in ${kext.bundleIdentifier}.`,
    remedy: `Define ${className} with OSDefineMetaClassAndStructors, and do not strip its symbols.`,
    anchor: source.declarationOf(className.split('::').at(-1) ?? className),
  };
}

/** Files that somebody else than root may change. */
export function ownersWrong(kext: LoadedKextFacts): LoadReason {
  return {
    message: `The installed copy of ${kext.bundleIdentifier} is not root's alone: each of its files has to belong to root:wheel and be writable by nobody else.`,
    remedy: 'On the installed copy: chown -R root:wheel, chmod -R go-w.',
  };
}

/** No code for the target's processor. */
export function processorWrong(kext: LoadedKextFacts): LoadReason {
  return {
    message: `${kext.bundleIdentifier} has no code for the processor of ${kext.target}.`,
    remedy: `Build it for the architecture of ${kext.target}.`,
  };
}

/** A place from which the target takes no kexts. */
export function folderNotAllowed(kext: LoadedKextFacts, path: string): LoadReason {
  return {
    message: `${asSubject(kext.target)} loads no kext from ${path.replace(/\/[^/]*$/, '') || 'there'}.`,
    remedy: 'Install it in /Library/Extensions.',
  };
}

/** Something in the executable that keeps it out of a collection. */
export function executableUnfit(kext: LoadedKextFacts, what: string): LoadReason {
  return {
    message: `The executable of ${kext.bundleIdentifier} cannot become part of a kext collection: ${what}.`,
    remedy:
      'Build it as a kext, of the Mach-O type MH_KEXT_BUNDLE and with a kmod_info (KMOD_EXPLICIT_DECL, or what Xcode writes).',
  };
}

/** A bundle that is no kext, or a property of its Info.plist: `what` in the tool's words. */
export function bundleInvalid(kext: LoadedKextFacts, what: string): LoadReason {
  return {
    message: `The bundle of ${kext.bundleIdentifier} is not valid: ${what}.`,
    remedy: 'Correct the Info.plist, or what it names.',
  };
}

/** Somebody else's kext because of which the collection of all cannot be built. */
export function otherInTheWay(kext: LoadedKextFacts, other: string): LoadReason {
  return {
    message: `${other} keeps ${kext.bundleIdentifier} out: the kext collection is built for all kexts of ${kext.target} or for none, and ${other} does not link.`,
    remedy: `Mend or remove ${other} on ${kext.target}.`,
  };
}

/** The reason as a Problem of the load, with the lines on which it rests. */
export function loadDiagnosis(kext: LoadedKextFacts, lines: readonly string[], reason: LoadReason): Diagnosis {
  const anchor = reason.anchor ?? kext.identifierPosition;
  return {
    about: 'load',
    cause: 'loadFailed',
    severity: 'error',
    message: reason.message,
    evidence: lines.map(text => ({ text })),
    holders: [],
    remedy: reason.remedy,
    certainty: 'certain',
    ...(anchor === undefined ? {} : { anchor }),
  };
}
