/**
 * What the builder of kernel collections said against the kexts (dyld, kernel-collection-builder), as kmutil(8) prints it
 * behind `Error occurred while building a collection:`. Accepted:
 *   in '/Library/Extensions/X.kext/Contents/MacOS/X' missing __TEXT segment
 *   Could not use 'ID' because: cannot be placed in kernel collection
 *     because: kexts must have a _kmod_info symbol
 *       2: Could not use 'ID' because: Failed to bind '_a' in 'ID' (at …) as could not find a kext which exports this symbolFailed to bind …
 *       1: Class vtables '__ZTV5Rotor' or '__ZTV5Rotor' is not exported from 'ID'
 * One bad kext stops everybody's collection, so the one that is named may be another vendor's.
 */
import { nestedName } from '../bundle/nestedName.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import {
  executableUnfit,
  type LoadedSource,
  type LoadReason,
  loadDiagnosis,
  otherInTheWay,
  symbolsUnresolved,
  vtableMissing,
} from './loadReasons.ts';

const notBound =
  /Failed to bind '(?<name>[^']+)' in '(?<kext>[^']+)'(?: \([^)]*\))? as could not find a kext which exports this symbol/g;
const vtables = /Class vtables '(?<name>[^']+)' or '[^']+' is not exported from '(?<kext>[^']+)'/g;
const notPlaced =
  /Could not use '(?<kext>[^']+)' because: cannot be placed in kernel collection\s+because: (?<name>.+)/g;
const notUsed = /Could not use '(?<kext>[^']+)' because: .*/g;
const noText = /in '([^']+)' missing __TEXT segment/;

/** Why the collection was not built: for this kext its symbols and classes, for others that they are in the way. */
export function refusedCollection(
  kext: LoadedKextFacts,
  source: LoadedSource & { readonly path: string },
  said: string,
): readonly Diagnosis[] {
  const own = kext.bundleIdentifier;
  const symbols = named(said, notBound, own);
  const others = new Set([...said.matchAll(notUsed)].map(({ groups }) => groups?.kext ?? '').filter(id => id !== own));
  const text = textReason(kext, source.path, said);
  return [
    ...[...named(said, vtables, own)].map(([vtable, line]) =>
      loadDiagnosis(kext, [line], vtableMissing(kext, source, classOf(vtable))),
    ),
    ...(symbols.size === 0
      ? []
      : [loadDiagnosis(kext, [...symbols.values()], symbolsUnresolved(kext, source, [...symbols.keys()]))]),
    ...[...named(said, notPlaced, own)].map(([why, lines]) => loadDiagnosis(kext, [lines], executableUnfit(kext, why))),
    ...(text === undefined ? [] : [loadDiagnosis(kext, [said], text)]),
    ...[...others].map(other => loadDiagnosis(kext, [linesOf(said, other)], otherInTheWay(kext, other))),
  ];
}

/** What keeps another kext from being used, as far as its line goes and what is set in below it. */
function linesOf(said: string, other: string): string {
  const from = said.indexOf(`Could not use '${other}' because: `);
  return /^.*(?:\n\s+because: .*)?/.exec(said.slice(from))?.[0] ?? said;
}

function textReason(kext: LoadedKextFacts, path: string, said: string): LoadReason | undefined {
  const file = noText.exec(said)?.[1];
  if (file === undefined) return undefined;
  // kernelmanagerd works on staged copies, whose paths end as the installed one's.
  const bundle = /([^/]+\.kext)\//.exec(file)?.[1];
  if (bundle !== undefined && path !== '' && !path.endsWith(`/${bundle}`)) return otherInTheWay(kext, bundle);
  return executableUnfit(kext, 'it has no code');
}

/** What the pattern names of that kext, each once, with the text that names it first. */
function named(said: string, pattern: RegExp, bundleIdentifier: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { 0: text, groups } of said.matchAll(pattern)) {
    const name = groups?.name ?? '';
    if (groups?.kext === bundleIdentifier && !found.has(name)) found.set(name, text);
  }
  return found;
}

/** `__ZTV5Rotor` is the vtable of `Rotor`, `__ZTVN3Foo5RotorE` that of `Foo::Rotor`. */
function classOf(vtable: string): string {
  const plain = /^_*ZTV\d+(.+)$/.exec(vtable)?.[1];
  return plain ?? nestedName(vtable.replace('ZTVN', 'ZN'))?.join('::') ?? vtable;
}
