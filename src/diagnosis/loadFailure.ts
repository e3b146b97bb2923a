import type { SourcePosition } from '../model/sourcePosition.ts';
import { placeOfReason, type ReasonPlaces, reasonOfFailure } from './catalogue/reasonOfFailure.ts';
import type { Diagnosis } from './diagnosis.ts';
import { asSubject } from './sentence.ts';

/** What every diagnosis of a load needs to know of the kext. */
export interface LoadedKextFacts {
  readonly bundleIdentifier: string;
  /** As the user sees it. */
  readonly target: string;
  /** It is the Simulated Mac, which has no System Settings. */
  readonly simulated?: boolean;
  /** Of the CFBundleIdentifier in the developer's Info.plist. */
  readonly identifierPosition: SourcePosition | undefined;
}

/**
 * The target's tools refused to load the kext. `lines`: everything that they said, of which the catalogue knows the reason
 * or the code; `places`: where what it names stands.
 */
export function loadFailure(
  kext: LoadedKextFacts,
  lines: readonly string[],
  exitCode: number | null,
  places?: ReasonPlaces,
): Diagnosis {
  const said = lines.length === 0 ? [`kextload said nothing and exited with ${exitCode}`] : lines;
  const evidence = said.map(text => ({ text }));
  if (lines.some(line => /different version\/uuid already loaded|a different (version|UUID) is already/.test(line)))
    return onIdentifier(kext, {
      cause: 'differentBuildLoaded',
      message: `${asSubject(kext.target)} runs another build of ${kext.bundleIdentifier} and keeps it until it restarts.`,
      remedy: `Restart ${kext.target}, then reload.`,
      evidence,
    });
  const { reason, code, first } = reasonOfFailure(lines);
  const words = inTheirWords(lines);
  // What only sums up is told where nothing else is said.
  const summary = reason === undefined && code === undefined && words === undefined ? first : undefined;
  const known = reason ?? summary;
  const place = reason === undefined || places === undefined ? undefined : placeOfReason(reason, places);
  const failed = onIdentifier(kext, {
    cause: reason?.row.problem === 'differentBuildLoaded' ? 'differentBuildLoaded' : 'loadFailed',
    message: `${kext.bundleIdentifier} was not loaded${known === undefined ? (words ?? '.') : `. ${known.cause}`}`,
    remedy: known?.remedy ?? code?.remedy ?? whereToRead(lines),
    evidence,
  });
  return place === undefined ? failed : { ...failed, anchor: place };
}

function inTheirWords(lines: readonly string[]): string | undefined {
  const words = lines.map(reasonIn).find(each => each !== undefined);
  return words === undefined ? undefined : `: ${words}.`;
}

function whereToRead(lines: readonly string[]): string {
  return lines.some(line => line.includes('KMErrorDomain'))
    ? 'Read what kmutil said, below and in the log.'
    : 'The first line of the evidence that names the kext is the reason; kextutil tells more.';
}

/** In the words of kextload, of the kernel behind kmutil, or of kmutil. */
function reasonIn(line: string): string | undefined {
  const [, ofTool] = / - \(libkern\/\w+\) ([^;]+?)[.;]/.exec(line) ?? [];
  const [, ofKernel] = /Kernel request failed: \(\w+\/\w+\) (.+?) \(-\d+\)/.exec(line) ?? [];
  const [, ofKmutil] = /^Error Domain=\S+ Code=-?\d+ "([^"\n]*[^"\n.:])/.exec(line) ?? [];
  return ofTool ?? ofKernel ?? ofKmutil;
}

/** A diagnosis of a load, where the developer's Info.plist names the kext. */
export function onIdentifier(
  kext: LoadedKextFacts,
  told: Pick<Diagnosis, 'cause' | 'message' | 'remedy' | 'evidence'>,
): Diagnosis {
  return {
    about: 'load',
    severity: 'error',
    holders: [],
    certainty: 'certain',
    ...told,
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
