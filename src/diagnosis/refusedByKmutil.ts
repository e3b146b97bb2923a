/**
 * Why kmutil(8) refused a load, by the description of its error. Accepted:
 *   Validating extension failed: Kext ID vVERSION in executable kext bundle ID at PATH:   (a blank line, a line for each problem)
 *   Filesystem error: Invalid ownership (501:20) should be (0:0) on FILE
 *   Filesystem error: Invalid directory for executable kext bundle ID at PATH. Should appear in one of:
 *   Loading extension failed: Unable to create extension from bundle: codeless (missing CFBundlePackageType) bundle (nil) at PATH
 *   Incompatible architecture: Binary is for x86_64, but needed arch arm64e
 *   Unable to resolve dependencies: 'ID' names a dependency on 'LIBRARY', which was not found.
 *   Error occurred while building a collection: …   (refusedCollection.ts)
 */
import type { KmutilError } from '../tools/kmutilErrors.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import {
  bundleInvalid,
  folderNotAllowed,
  type LoadedSource,
  type LoadReason,
  libraryMissing,
  libraryUnfit,
  loadDiagnosis,
  ownersWrong,
  processorWrong,
} from './loadReasons.ts';
import { refusedCollection } from './refusedCollection.ts';

/** The kext that an error of kmutil is about; undefined where it names none. */
export function kextOfError({ description }: KmutilError): string | undefined {
  for (const pattern of naming) {
    const name = pattern.exec(description)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

const naming: readonly RegExp[] = [
  /^Extension with identifiers ([^\s,]+)\S* not approved to load/,
  /^Loading extension\(s\): ([^\s,]+)\S* requires a reboot/,
  /^\w+ing extension failed: (?:Kext|KernelExtension) (\S+) v/,
  /^Filesystem error: Invalid directory for \w+ kext bundle (\S+) at /,
  /^Unable to resolve dependencies: '([^']+)' names a dependency/,
  /Could not use '([^']+)' because: /,
];

/** One diagnosis for each thing of this kext that the error names; none where it speaks of something else. */
export function refusedByKmutil(
  kext: LoadedKextFacts,
  source: LoadedSource & { readonly path: string },
  { description }: KmutilError,
): readonly Diagnosis[] {
  const collection = /^Error occurred while building a collection:\s*([\s\S]+)$/.exec(description)?.[1];
  if (collection !== undefined) return refusedCollection(kext, source, collection);
  // What is set in belongs to the line before it.
  const lines = description.split(/\n(?!\t)/).filter(line => line.trim() !== '');
  const [head = ''] = lines;
  const told = lines.flatMap(line => reasonsIn(line, kext, source).map(reason => ({ line, reason })));
  const byMessage = Map.groupBy(told, ({ reason }) => reason.message);
  return [...byMessage.values()].map(same => {
    const own = same.map(({ line }) => line);
    const evidence = own.includes(head) || !/^Validating extension failed/.test(head) ? own : [head, ...own];
    return loadDiagnosis(kext, evidence, same[0]?.reason ?? bundleInvalid(kext, head));
  });
}

function reasonsIn(line: string, kext: LoadedKextFacts, source: LoadedSource): readonly LoadReason[] {
  if (/^Filesystem error: Invalid ownership /.test(line) || /^File owner\/permissions are incorrect/.test(line))
    return [ownersWrong(kext)];
  const folder = /^Filesystem error: Invalid directory for .+ at (\/.+)\. Should appear in one of:/.exec(line)?.[1];
  if (folder !== undefined) return [folderNotAllowed(kext, folder)];
  if (/^Incompatible architecture: /.test(line)) return [processorWrong(kext)];
  const dependency = /^Unable to resolve dependencies: (.+)$/.exec(line)?.[1] ?? line;
  const missing = /^'.+' names a dependency on '(.+)', which was not found\.$/.exec(dependency)?.[1];
  if (missing !== undefined) return [libraryMissing(kext, source, missing)];
  const unfit = /^(?:Only incompatible kexts|Kexts) found for these libraries.*: (\S+)\.$/.exec(dependency)?.[1];
  if (unfit !== undefined) return [libraryUnfit(kext, source, unfit)];
  if (dependency !== line) return [forbidden(kext, source, dependency)];
  return invalid(line, kext, source);
}

/** A dependency that no kext may have, in the kext library's words. */
function forbidden(kext: LoadedKextFacts, source: LoadedSource, finding: string): LoadReason {
  return {
    message: `A library of ${kext.bundleIdentifier} is not allowed: ${withoutStop(finding)}.`,
    remedy: 'Name the com.apple.kpi.* libraries that it needs in OSBundleLibraries.',
    anchor: source.libraryPosition(),
  };
}

const noKext = /^Loading extension failed: Unable to create extension from bundle: \S+ \(missing (\w+)\)/;
const findings =
  /^(Info dictionary |CFBundleIdentifier and |Compatible version |Kext has a CFBundleExecutable |The kext contains a symlink )/;

function invalid(line: string, kext: LoadedKextFacts, source: LoadedSource): readonly LoadReason[] {
  const key = noKext.exec(line)?.[1];
  if (key !== undefined) return [bundleInvalid(kext, `its Info.plist has no ${key} of a kext`)];
  if (!findings.test(line)) return [];
  const library = /: OSBundleLibraries(?:\.(\S+))?/.exec(line);
  const anchor = library === null ? undefined : source.libraryPosition(library[1]);
  return [{ ...bundleInvalid(kext, withoutStop(line)), anchor }];
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
