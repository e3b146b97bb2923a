import type { SourcePosition } from '../model/sourcePosition.ts';
import type { LoadLine } from '../tools/kextload.ts';
import { count } from './count.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import { capital } from './sentence.ts';

/** A load that was refused for what stands in the kext itself. */
export interface RefusedLoad {
  /** Everything that the tool and the kernel said. */
  readonly said: readonly LoadLine[];
  /** The bundle that was loaded: lines about other bundles are not about this kext. */
  readonly path: string;
  /** OSBundleLibraries: identifier to the version that is asked for. */
  readonly libraries: ReadonlyMap<string, string>;
  /** Where OSBundleLibraries names a library; without one, where it begins. */
  readonly libraryPosition: (library?: string) => SourcePosition | undefined;
  readonly declarationOf: (className: string) => SourcePosition | undefined;
}

type Told = Pick<Diagnosis, 'message' | 'remedy'> & { readonly anchor: SourcePosition | undefined };

/** One diagnosis for each key of Info.plist and each class for which the load was refused; none where it was for others. */
export function refusedLoad(kext: LoadedKextFacts, refused: RefusedLoad): readonly Diagnosis[] {
  const own = refused.said.filter(line => isOwn(line, kext, refused.path));
  const found = [...ofLibraries(kext, refused, own), ...ofLinker(kext, refused, own), ...ofBundle(kext, own)];
  return [...new Map(found.map(diagnosis => [diagnosis.message, diagnosis])).values()];
}

function isOwn(line: LoadLine, kext: LoadedKextFacts, path: string): boolean {
  if ('kext' in line) return line.kext === kext.bundleIdentifier;
  return !('what' in line) || line.what === path || path.endsWith(`/${line.what}`);
}

function ofLibraries(kext: LoadedKextFacts, refused: RefusedLoad, own: readonly LoadLine[]): readonly Diagnosis[] {
  return own.flatMap(line => {
    const library = 'library' in line ? line.library : undefined;
    if (library === undefined) return [];
    const anchor = refused.libraryPosition(library) ?? refused.libraryPosition();
    const version = refused.libraries.get(library) ?? 'a version';
    if (line.kind === 'libraryMissing')
      return diagnosis(kext, [line], {
        message: `${capital(kext.target)} has no ${library}, which ${kext.bundleIdentifier} links against.`,
        remedy: 'Correct its name in OSBundleLibraries, or install and load it first.',
        anchor,
      });
    if (line.kind !== 'libraryIncompatible') return [];
    return diagnosis(kext, [line], {
      message: `${library} on ${kext.target} does not stand in for ${version}, which ${kext.bundleIdentifier} asks for.`,
      remedy: "Ask for a version that lies between the library's OSBundleCompatibleVersion and its CFBundleVersion.",
      anchor,
    });
  });
}

function ofLinker(kext: LoadedKextFacts, refused: RefusedLoad, own: readonly LoadLine[]): readonly Diagnosis[] {
  const items = own.filter(line => line.kind === 'linkerItem');
  const unresolved = own.find(
    line => line.kind === 'linkerMessage' && line.message === 'The following symbols are unresolved for this kext:',
  );
  const vtables = own.flatMap(line => {
    if (line.kind !== 'linkerMessage') return [];
    const className = /^Cannot find the vtable '[^']*' for class '([^']*)'/.exec(line.message)?.[1];
    if (className === undefined) return [];
    return diagnosis(kext, [line], {
      message: `The vtable of ${className} is missing in ${kext.bundleIdentifier}.`,
      remedy: `Define ${className} with OSDefineMetaClassAndStructors, and do not strip its symbols.`,
      anchor: refused.declarationOf(className.split('::').at(-1) ?? className),
    });
  });
  if (unresolved === undefined || items.length === 0) return vtables;
  const symbols = items.map(({ item }) => item);
  const shown = symbols.length > 3 ? `${symbols.slice(0, 3).join(', ')}, …` : symbols.join(', ');
  const told = {
    message: `${count(symbols.length, 'symbol')} of ${kext.bundleIdentifier} ${symbols.length === 1 ? 'is' : 'are'} in none of its libraries: ${shown}.`,
    remedy: remedyFor(symbols, refused.libraries),
    anchor: refused.libraryPosition(),
  };
  return [...vtables, diagnosis(kext, [unresolved, ...items], told)];
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

function ofBundle(kext: LoadedKextFacts, own: readonly LoadLine[]): readonly Diagnosis[] {
  return own.flatMap(line => {
    if (line.kind !== 'cannotLoad') return [];
    if (line.reason === 'authentication problems')
      return diagnosis(kext, [line], {
        message: `The installed copy of ${kext.bundleIdentifier} is not root's alone: each of its files has to belong to root:wheel and be writable by nobody else.`,
        remedy: 'On the installed copy: chown -R root:wheel, chmod -R go-w.',
        anchor: kext.identifierPosition,
      });
    if (line.reason !== "no code for running kernel's architecture") return [];
    return diagnosis(kext, [line], {
      message: `${kext.bundleIdentifier} has no code for the processor of ${kext.target}.`,
      remedy: `Build it for the architecture of ${kext.target}.`,
      anchor: kext.identifierPosition,
    });
  });
}

function diagnosis(kext: LoadedKextFacts, lines: readonly LoadLine[], told: Told): Diagnosis {
  const anchor = told.anchor ?? kext.identifierPosition;
  return {
    about: 'load',
    cause: 'loadFailed',
    severity: 'error',
    message: told.message,
    evidence: lines.map(({ text }) => ({ text })),
    holders: [],
    remedy: told.remedy,
    certainty: 'certain',
    ...(anchor === undefined ? {} : { anchor }),
  };
}
