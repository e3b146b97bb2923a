/**
 * What the description of an error of kmutil(8) says. Accepted:
 *   Extension with identifiers A,B,C not approved to load. Please approve using System Settings.
 *   Loading extension(s): A requires a reboot
 *   Validating extension failed: Kext ID vVERSION in executable kext bundle ID at PATH:     (a blank line, its problems)
 *   Loading extension failed: Unable to create extension from bundle: codeless (missing CFBundlePackageType) bundle (nil) at PATH
 *   Error occurred while building a collection: …                                          (collectionFindings.ts)
 *   Could not find: … / Incompatible architecture: … / Insufficient permissions for action: … / Missing Developer Kit: …
 *   Kernel request failed: (libkern/kext) not found (-603947002)
 *   Boot policy error: Error creating linked manifest: code image4 (6)
 */

import { lineReader, type Said } from '../text/lineTemplates.ts';
import { onOneLine } from '../text/onOneLine.ts';
import { type CollectionFinding, collectionFindings } from './collectionFindings.ts';
import { type ExtensionProblem, extensionProblems } from './extensionProblems.ts';
import { buildFailure } from './kmutilErrorLines.ts';

/** A bundle as kmutil names it: `executable kext bundle ID at PATH`. */
export interface NamedBundle {
  /** `executable kext`, `codeless kext`, `codeless (missing CFBundlePackageType)`. */
  readonly bundleKind: string;
  /** `(nil)` where it has none. */
  readonly bundle: string;
  readonly path: string;
}

/** What one error says: the cause is in the words, since the same number stands for unrelated ones. */
export type KmutilStatement =
  | { readonly kind: 'notApproved' | 'restartRequired'; readonly kexts: readonly string[] }
  | { readonly kind: 'collectionNotBuilt'; readonly findings: readonly CollectionFinding[] }
  | ({
      readonly kind: 'extensionRefused';
      /** `Validating`, `Authenticating`, `Loading`. */
      readonly step: string;
      readonly kext: string | undefined;
      readonly version: string | undefined;
      readonly problems: readonly ExtensionProblem[];
    } & Partial<NamedBundle>)
  | Said<typeof templates>
  | { readonly kind: 'otherError' };

const templates = {
  bundleNotFound: ['Could not find: No bundle was found at {path}.', 'Could not find: No bundle was found at {path}'],
  kextNotFound: [
    "Could not find: Extension with identifier '{kext}' not found{*}",
    'Could not find: Extension with identifier {kext} not found{*}',
    'Error occurred unloading extensions: Missing extension with identifier {kext}',
  ],
  fileNotFound: ['Could not find: {what}'],
  architectureUnfit: [
    'Incompatible architecture: Binary is for {architecture}, but needed arch {needed}',
    'Incompatible architecture: Binary is for {architecture}, but needed {needed}',
    'Incompatible architecture: Cannot find {needed} in fat binary',
    'Incompatible architecture: {*}',
    'Cannot find {needed} in fat binary',
  ],
  notPermitted: [
    "Insufficient permissions for action: Unable to load '{kext}' in unprivileged request.",
    'Insufficient permissions for action: {action}',
  ],
  developerKitMissing: [
    'Missing Developer Kit: As of macOS {*}, you will need to install a KDK matching your build {build} to rebuild kernel collections.',
    'Missing Developer Kit: {*}',
  ],
  kernelRequestFailed: ['Kernel request failed: {error} ({signedCode:d})', 'Kernel request failed: {error}'],
  bootPolicyRefused: ['Boot policy error: {reason}'],
  unsupported: ['Unsupported Error: {what}'],
} as const;

const readWords = lineReader(templates);
const about = /^(?:Kext|KernelExtension) (\S+) v(\S*) in ([^/]{1,60}?) bundle (\S+) at (.+?):?$/;
const extension = /^(Validating|Authenticating|Loading) extension failed:\s*/;

const collectionStart = new RegExp(String.raw`^${buildFailure}:\s*`);

/** What the description says; `otherError` where its words are not known. */
export function readKmutilStatement(description: string): KmutilStatement {
  const approval = /^Extension with identifiers\s+([^:]+?)\s+not approved to load/.exec(description)?.[1];
  if (approval !== undefined) return { kind: 'notApproved', kexts: namesIn(approval) };
  const restart = /^Loading extension\(s\):\s+([^:]+?)\s+requires?\s+a reboot/.exec(description)?.[1];
  if (restart !== undefined) return { kind: 'restartRequired', kexts: namesIn(restart) };
  const collection = collectionStart.exec(description)?.[0];
  if (collection !== undefined)
    return { kind: 'collectionNotBuilt', findings: collectionFindings(description.slice(collection.length)) };
  const [step, name = ''] = extension.exec(description) ?? [];
  if (step !== undefined) return extensionRefused(name, description.slice(step.length));
  const problems = extensionProblems(description);
  if (problems.some(({ kind }) => kind !== 'otherProblem'))
    return { kind: 'extensionRefused', step: 'Validating', kext: undefined, version: undefined, problems };
  return readWords(onOneLine(description)) ?? { kind: 'otherError' };
}

/** Identifiers stand behind each other with commas and no blanks. */
function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
}

function extensionRefused(step: string, told: string): KmutilStatement {
  const end = told.indexOf('\n');
  const head = (end < 0 ? told : told.slice(0, end)).trim();
  const [, kext, version, bundleKind, bundle, path] = about.exec(head) ?? [];
  if (kext === undefined || bundleKind === undefined || bundle === undefined || path === undefined)
    return { kind: 'extensionRefused', step, kext: undefined, version: undefined, problems: extensionProblems(told) };
  const problems = extensionProblems(end < 0 ? '' : told.slice(end));
  return { kind: 'extensionRefused', step, kext, version, bundleKind, bundle, path, problems };
}
