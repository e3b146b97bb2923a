import type { KextDiagnosticsSection } from '../tools/kext/kextDiagnostics.ts';
import type { LoadLine } from '../tools/kext/loadText.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import {
  bundleInvalid,
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
    ...own.flatMap(line => (line.kind === 'kextDiagnostics' ? ofSection(kext, refused, line) : [])),
    ...own.flatMap(line => (line.kind === 'kmutilError' ? refusedByKmutil(kext, refused, line) : [])),
  ];
  return [...new Map(found.map(diagnosis => [diagnosis.message, diagnosis])).values()];
}

function isOwn(line: LoadLine, kext: LoadedKextFacts, path: string): boolean {
  if ('kext' in line) return line.kext === kext.bundleIdentifier;
  if (!('what' in line) || line.what === undefined) return true;
  return line.what === path || path.endsWith(`/${line.what}`) || (path === '' && line.kind === 'kextDiagnostics');
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
  const vtables = own.flatMap(line =>
    line.kind === 'vtableMissing' ? told(kext, [line], vtableMissing(kext, refused, line.class)) : [],
  );
  const { header, items } = unresolvedSymbols(own);
  if (header === undefined || items.length === 0) return vtables;
  const reason = symbolsUnresolved(
    kext,
    refused,
    items.map(({ item }) => item),
  );
  return [...vtables, told(kext, [header, ...items], reason)];
}

type LinkerItem = Extract<LoadLine, { kind: 'linkerItem' }>;

/** The linker's items belong to its message before them; other lines of the kernel may stand between. */
function unresolvedSymbols(own: readonly LoadLine[]): { header?: LoadLine; items: readonly LinkerItem[] } {
  const header = own.find(({ kind }) => kind === 'symbolsUnresolved');
  const items: LinkerItem[] = [];
  let under: LoadLine | undefined;
  for (const line of own) {
    if (line.kind !== 'linkerItem') {
      if (line.text.includes('kxld[')) under = line;
    } else if (under?.kind === 'symbolsUnresolved') items.push(line);
  }
  return header === undefined ? { items } : { header, items };
}

/** What kextutil found, each thing on the key that it is about. Its warnings did not keep the kext out. */
function ofSection(
  kext: LoadedKextFacts,
  refused: RefusedLoad,
  { section, findings }: KextDiagnosticsSection,
): readonly Diagnosis[] {
  if (section === 'Warnings' || section === 'Boot Level') return [];
  return findings.flatMap(({ finding, values }) => {
    const evidence = [finding, ...values.map(({ value, note }) => (note === undefined ? value : `${value} - ${note}`))];
    const tell = (reason: LoadReason) => loadDiagnosis(kext, evidence, reason);
    if (finding.startsWith('File owner/permissions are incorrect')) return [tell(ownersWrong(kext))];
    if (finding === 'No kexts found for these libraries')
      return values.map(({ value }) => tell(libraryMissing(kext, refused, value)));
    if (/^(Only incompatible kexts|Kexts) found for these libraries/.test(finding))
      return values.map(({ value }) => tell(libraryUnfit(kext, refused, value)));
    if (section !== 'Validation') return [];
    const [first] = values;
    const library = /^OSBundleLibraries(?:\.(.+))?$/.exec(first?.value ?? '');
    const what = evidence.join(', ').replace(', ', ': ').replace(/\.$/, '');
    const anchor = library === null ? undefined : refused.libraryPosition(library[1]);
    return [tell({ ...bundleInvalid(kext, what), anchor })];
  });
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
