import type { LoadLine } from '../tools/kextload.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import {
  type LoadedSource,
  type LoadReason,
  libraryMissing,
  libraryUnfit,
  loadDiagnosis,
  ownersWrong,
  processorWrong,
  symbolsUnresolved,
  vtableMissing,
} from './loadReasons.ts';
import { refusedByKmutil } from './refusedByKmutil.ts';

/** A load that was refused for what stands in the kext itself. */
export interface RefusedLoad extends LoadedSource {
  /** Everything that the tool and the kernel said. */
  readonly said: readonly LoadLine[];
  /** The bundle that was loaded: lines about other bundles are not about this kext. Empty where it is not known. */
  readonly path: string;
}

/** One diagnosis for each key of Info.plist and each class for which the load was refused; none where it was for others. */
export function refusedLoad(kext: LoadedKextFacts, refused: RefusedLoad): readonly Diagnosis[] {
  const own = refused.said.filter(line => isOwn(line, kext, refused.path));
  const found = [
    ...ofLibraries(kext, refused, own),
    ...ofLinker(kext, refused, own),
    ...ofBundle(kext, own),
    ...own.flatMap(line => (line.kind === 'kmutilError' ? refusedByKmutil(kext, refused, line) : [])),
  ];
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
    if (line.kind === 'libraryMissing') return told(kext, [line], libraryMissing(kext, refused, library));
    return line.kind === 'libraryIncompatible' ? told(kext, [line], libraryUnfit(kext, refused, library)) : [];
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
    return className === undefined ? [] : told(kext, [line], vtableMissing(kext, refused, className));
  });
  if (unresolved === undefined || items.length === 0) return vtables;
  const reason = symbolsUnresolved(
    kext,
    refused,
    items.map(({ item }) => item),
  );
  return [...vtables, told(kext, [unresolved, ...items], reason)];
}

function ofBundle(kext: LoadedKextFacts, own: readonly LoadLine[]): readonly Diagnosis[] {
  return own.flatMap(line => {
    if (line.kind !== 'cannotLoad') return [];
    if (line.reason === 'authentication problems') return told(kext, [line], ownersWrong(kext));
    return line.reason === "no code for running kernel's architecture" ? told(kext, [line], processorWrong(kext)) : [];
  });
}

function told(kext: LoadedKextFacts, lines: readonly LoadLine[], reason: LoadReason): Diagnosis {
  const texts = lines.map(({ text }) => text);
  return loadDiagnosis(kext, texts, reason);
}
