/**
 * The problems that kmutil(8) names of one kext, one a line, a list of folders below its line. Accepted:
 *   Filesystem error: Invalid ownership (501:20) should be (0:0) on /Library/Extensions/Pump.kext/Contents
 *   Filesystem error: Invalid directory for executable kext bundle ID at PATH. Should appear in one of:
 *   <TAB>/Library/Extensions
 *   Unable to create extension from bundle: codeless (missing CFBundlePackageType) bundle (nil) at PATH
 *   Unable to resolve dependencies: 'ID' names a dependency on 'LIBRARY', which was not found.
 *   Authenticating extension failed: Bad code signature
 *   Info dictionary property value is illegal: OSBundleLibraries.com.apple.kpi.bsd     (kextFindingTexts.ts)
 */
import { kextFindingIn } from '../messages/kextFindingTexts.ts';
import { lineReader, type Said } from '../text/lineTemplates.ts';

/** One problem of a kext. */
export type ExtensionProblem = (
  | (Said<typeof templates> & { readonly folders?: readonly string[] })
  | { readonly kind: 'kextFinding'; readonly finding: string; readonly value: string | undefined }
  | { readonly kind: 'otherProblem' }
) & {
  /** The lines as they came. */
  readonly text: string;
};

const templates = {
  ownership: [
    'Filesystem error: Invalid ownership ({owner}:{group}) should be ({rightOwner}:{rightGroup}) on {file}',
    'Invalid ownership ({owner}:{group}) should be ({rightOwner}:{rightGroup}) on {file}',
  ],
  folder: ['Filesystem error: Invalid directory for {bundleKind} bundle {bundle} at {path}. Should appear in one of:'],
  permissions: ['Filesystem error: {what}'],
  notCreated: [
    'Unable to create extension from bundle: {bundleKind} (missing {property}) bundle {bundle} at {path}',
    'Unable to create extension from bundle: {what}',
  ],
  signature: ['Authenticating extension failed: {what}', 'Bad code signature{*}', 'Code signature {what}'],
  libraryMissing: [
    "Unable to resolve dependencies: '{kext}' names a dependency on '{library}', which was not found.",
    "'{kext}' names a dependency on '{library}', which was not found.",
  ],
  librariesUnresolved: ['Unable to resolve dependencies: {what}'],
} as const;

const readProblem = lineReader(templates);

/** The problems in their order; blank lines say nothing. */
export function extensionProblems(told: string): readonly ExtensionProblem[] {
  const problems: ExtensionProblem[] = [];
  for (const line of told.split('\n')) {
    if (line.trim() === '') continue;
    const last = problems.at(-1);
    if (/^(\t| {2,})\//.test(line) && last?.kind === 'folder')
      problems[problems.length - 1] = {
        ...last,
        folders: [...(last.folders ?? []), line.trim()],
        text: `${last.text}\n${line}`,
      };
    else problems.push(problemFrom(line));
  }
  return problems;
}

function problemFrom(line: string): ExtensionProblem {
  const fact = readProblem(line);
  if (fact !== undefined) return { ...fact, text: line };
  const finding = kextFindingIn(line.trim());
  if (finding === undefined) return { kind: 'otherProblem', text: line };
  const value = /^[^:]*: (.+)$/.exec(line.trim().slice(finding.length))?.[1];
  return { kind: 'kextFinding', finding, value, text: line };
}
