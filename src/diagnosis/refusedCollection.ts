import { nestedName } from '../bundle/nestedName.ts';
import type { CollectionFinding } from '../tools/kmutil/collectionFindings.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import {
  executableUnfit,
  type LoadedSource,
  type LoadReason,
  libraryMissing,
  loadDiagnosis,
  otherInTheWay,
  symbolsUnresolved,
  vtableMissing,
} from './loadReasons.ts';

/**
 * Why the collection was not built: for this kext its symbols and classes, for others that they are in the way. One bad kext
 * stops everybody's collection, so the one that is named may be another vendor's. `said` is the whole error.
 */
export function refusedCollection(
  kext: LoadedKextFacts,
  source: LoadedSource & { readonly path: string },
  findings: readonly CollectionFinding[],
  said: string,
): readonly Diagnosis[] {
  const own = findings.filter(({ about }) => about === kext.bundleIdentifier);
  const vtables = ofKind(own, 'vtablesNotExported', ({ vtable }) => vtable);
  const symbols = new Map([
    ...ofKind(own, 'symbolNotBound', ({ symbol }) => symbol),
    ...ofKind(own, 'superclassVtableNotExported', ({ vtable }) => vtable),
  ]);
  const libraries = ofKind(own, 'libraryNotFound', ({ library }) => library);
  const unplaced = ofKind(own, 'notPlaced', ({ reason }) => reason);
  const text = textReason(kext, source.path, findings);
  return [
    ...[...vtables].map(([vtable, line]) => loadDiagnosis(kext, [line], vtableMissing(kext, source, classOf(vtable)))),
    ...(symbols.size === 0
      ? []
      : [loadDiagnosis(kext, [...symbols.values()], symbolsUnresolved(kext, source, [...symbols.keys()]))]),
    ...[...libraries].map(([name, line]) => loadDiagnosis(kext, [line], libraryMissing(kext, source, name))),
    ...[...unplaced].map(([why, line]) => loadDiagnosis(kext, [line], executableUnfit(kext, why))),
    ...(text === undefined ? [] : [loadDiagnosis(kext, [said], text)]),
    ...[...othersIn(findings, kext.bundleIdentifier)].map(([other, line]) =>
      loadDiagnosis(kext, [line], otherInTheWay(kext, other)),
    ),
  ];
}

type OfKind<Kind extends CollectionFinding['kind']> = Extract<CollectionFinding, { kind: Kind }>;

/** What the findings of that kind name, each once, with the text that names it first. */
function ofKind<Kind extends CollectionFinding['kind']>(
  findings: readonly CollectionFinding[],
  kind: Kind,
  nameOf: (finding: OfKind<Kind>) => string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const finding of findings) {
    if (finding.kind !== kind) continue;
    const name = nameOf(finding as OfKind<Kind>);
    if (!found.has(name)) found.set(name, finding.text);
  }
  return found;
}

/** The other kexts that cannot be used, each with the first thing that is said against it. */
function othersIn(findings: readonly CollectionFinding[], own: string): ReadonlyMap<string, string> {
  const others = new Map<string, string>();
  for (const { about, text } of findings)
    if (about !== undefined && about !== own && !others.has(about)) others.set(about, text);
  return others;
}

function textReason(
  kext: LoadedKextFacts,
  path: string,
  findings: readonly CollectionFinding[],
): LoadReason | undefined {
  const file = findings.find(({ kind }) => kind === 'textSegmentMissing') as OfKind<'textSegmentMissing'> | undefined;
  if (file === undefined) return undefined;
  // kernelmanagerd works on staged copies, whose paths end as the installed one's.
  const bundle = /([^/]+\.kext)\//.exec(file.file)?.[1];
  if (bundle !== undefined && path !== '' && !path.endsWith(`/${bundle}`)) return otherInTheWay(kext, bundle);
  return executableUnfit(kext, 'it has no code');
}

/** `__ZTV5Rotor` is the vtable of `Rotor`, `__ZTVN3Foo5RotorE` that of `Foo::Rotor`. */
function classOf(vtable: string): string {
  const plain = /^_*ZTV\d+(.+)$/.exec(vtable)?.[1];
  return plain ?? nestedName(vtable.replace('ZTVN', 'ZN'))?.join('::') ?? vtable;
}
