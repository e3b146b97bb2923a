/**
 * What any of the tools that load kexts says: kextload(8), kextutil(8), kextcache(8), the kext library and the kernel behind
 * them, and kmutil(8) in their place. They share their words, and people paste them together.
 */

import type { KmutilError } from '../kmutil/kmutilErrors.ts';
import type { KernelLine } from '../messages/kernelLines.ts';
import { kextdNoticeTemplates, kextdProgressTemplates, kextdTemplates } from '../messages/kextdTemplates.ts';
import { kextLibraryProgressTemplates } from '../messages/kextLibraryProgressTemplates.ts';
import { kextLibraryTemplates } from '../messages/kextLibraryTemplates.ts';
import { kextloadProgressTemplates, kextloadTemplates } from '../messages/kextloadTemplates.ts';
import { kextNoticeTemplates, kextTroubleTemplates } from '../messages/kextTroubleTemplates.ts';
import { kextutilProgressTemplates, kextutilTemplates } from '../messages/kextutilTemplates.ts';
import { signatureAllowedTemplates, signatureTemplates } from '../messages/signatureTemplates.ts';
import { sudoTemplates } from '../messages/sudoTemplates.ts';
import type { Line } from '../text/lines.ts';
import { lineReader, type Said } from '../text/lineTemplates.ts';
import type { ParsedText } from '../text/parsedText.ts';
import { parseToolLines, type ToolLine } from '../text/toolLines.ts';
import type { Usage } from '../text/usage.ts';
import { type KextDiagnosticsSection, takeKextDiagnostics } from './kextDiagnostics.ts';
import { type KextDump, takeKextDump } from './kextDump.ts';

/** What the tools say where a load fails. */
export const loadFailureTemplates = {
  ...kextLibraryTemplates,
  ...signatureTemplates,
  ...kextTroubleTemplates,
  ...kextloadTemplates,
  ...kextutilTemplates,
  ...kextdTemplates,
  ...sudoTemplates,
} as const;

/** What they say whether a load fails or not. */
export const loadProgressTemplates = {
  ...signatureAllowedTemplates,
  ...kextloadProgressTemplates,
  ...kextutilProgressTemplates,
  ...kextNoticeTemplates,
  ...kextdNoticeTemplates,
} as const;

/** Whatever the tools of a load say themselves. */
export const loadTemplates = { ...loadFailureTemplates, ...loadProgressTemplates } as const;

/** A line that a tool itself writes. `error` is one of osReturns' texts. */
export type LoadToolLine = ToolLine<Said<typeof loadFailureTemplates> | Said<typeof loadProgressTemplates>>;

/** Anything that is said about a load. */
export type LoadLine = KernelLine | LoadToolLine | KmutilError | KextDiagnosticsSection | KextDump | Usage;

const readFailure = lineReader(loadFailureTemplates);
const readProgress = lineReader(loadProgressTemplates);
// Of what cannot be created a cache is no kext.
const readNotice = lineReader(kextNoticeTemplates);
const readLibraryProgress = lineReader(kextLibraryProgressTemplates);
const readDaemonProgress = lineReader(kextdProgressTemplates);

/** What a line of the tools says, the name of the tool before it or not. */
export function readLoadToolLine(
  text: string,
): Said<typeof loadFailureTemplates> | Said<typeof loadProgressTemplates> | undefined {
  // kextutil's word on its modes begins with its name itself.
  const bare = text.replace(/^(?:kextload|kextutil|kextcache): (?!-n is not a)/, '');
  return readNotice(bare) ?? readFailure(bare) ?? readProgress(bare);
}

const notices: readonly RegExp[] = [
  /^KernelCache ID: [0-9A-F]+$/,
  /^Can't stat \/.+ - .+\.$/,
  /^No kernel file specified(?:, using '|; using running kernel | and current arch )/,
  /^Skipping (?:link tests; no kernel file provided|staging and system policy checks because not running as root)/,
  /^Warning: multiple (?:use of -|addresses specified for )/,
  /^Warning: .+ could not find com\.apple\.driver\.KextExcludeList$/,
  /^WARNING: Did not find migration\.plist /,
  /^Netboot, loading '/,
  /^Can't contact kextd(?: \(continuing anyway\)|; attempting to load directly into kernel)/,
  /^Kext loading serialization lock busy; /,
  /^(?:Shimming not enabled|KernelManagement soft link failed) - defaulting to legacy behavior\.$/,
  // Below what says that no kext was named.
  /^ *following options, or use -/,
];

/** True for the tools' lines of progress, which name no kext and no reason. */
export function isLoadNotice(text: string): boolean {
  return (
    notices.some(pattern => pattern.test(text)) || isLibraryProgress(text) || readDaemonProgress(text) !== undefined
  );
}

/** True for what the kext library tells of its work. */
export function isLibraryProgress(text: string): boolean {
  return readLibraryProgress(text) !== undefined;
}

/** What was written over several lines about a load. */
export function takeLoadBlock(
  lines: readonly Line[],
  at: number,
): { readonly block: KextDiagnosticsSection | KextDump; readonly taken: number } | undefined {
  return takeKextDiagnostics(lines, at, text => readLoadToolLine(text) !== undefined) ?? takeKextDump(lines, at);
}

/** What was said on both streams of a tool. */
export function parseLoadText(text: string): ParsedText<LoadLine> {
  return withBundles(parseToolLines(text, readLoadToolLine, isLoadNotice, takeLoadBlock));
}

/** A section of diagnostics is about the bundle of the header before it; only its signature may stand between. */
export function withBundles<T extends { readonly kind: string }>(
  said: ParsedText<T | LoadLine>,
): ParsedText<T | LoadLine> {
  let what: string | undefined;
  const records = said.records.map(record => {
    if (record.kind === 'diagnosticsFor') what = (record as LoadToolLine & { readonly what: string }).what;
    else if (record.kind !== 'kextDiagnostics' && record.kind !== 'codeSigningFailed') what = undefined;
    return record.kind === 'kextDiagnostics' ? { ...record, what } : record;
  });
  return { ...said, records };
}
