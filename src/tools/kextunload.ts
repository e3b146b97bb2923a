/**
 * kextunload(8). Accepted, besides the kernel's own lines (kernelLines.ts) and kmutil's errors (kmutilErrors.ts):
 *   Requesting unload of org.sample.driver.Pump (with termnation of IOServices).   (later spelled `termination`)
 *   Failed to unload org.sample.driver.Pump - (libkern/kext) kext is in use or retained (cannot unload).
 *   org.sample.driver.Pump unloaded and personalities removed.
 *   Kernel error handling kext request - (libkern/kext) not found.
 *   Can't create /Library/Extensions/Pump.kext.
 *   /Library/Extensions/Pump.kext - no such file or directory.      (whatever the kext library says of a bundle: kextutil.ts)
 *   usage: kextunload [-h] [-v [0-6]] …                             (usage.ts)
 *   You must be running as root to unload kexts.
 *   Check the system/kernel logs for error messages from the I/O Kit.
 *   All instances of class Pump terminated. / Failed to terminate class Pump - (libkern/kext) not found.
 *   org.sample.driver.Pump: services terminated and personalities removed (kext not unloaded).
 */
import { isApple, isKextIdentifier } from '../model/kext.ts';
import { isLibraryProgress } from './kext/loadText.ts';
import type { KmutilError } from './kmutil/kmutilErrors.ts';
import type { KernelLine } from './messages/kernelLines.ts';
import { kextloadTemplates } from './messages/kextloadTemplates.ts';
import { kextNoticeTemplates, kextTroubleTemplates } from './messages/kextTroubleTemplates.ts';
import { sudoTemplates } from './messages/sudoTemplates.ts';
import { type UnloadOutcome, unloadOutcome } from './outcome/unloadOutcome.ts';
import { allText, requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { lineReader, type Said } from './text/lineTemplates.ts';
import { joined, type ParsedText } from './text/parsedText.ts';
import { parseToolLines, type ToolLine } from './text/toolLines.ts';
import type { Usage } from './text/usage.ts';

/** What kextunload(8) writes itself (kext_tools, kextunload_main.c). */
export const unloadTemplates = {
  requesting: [
    'Requesting unload of {kext} (with termnation of IOServices).',
    'Requesting unload of {kext} (with termination of IOServices).',
    'Requesting unload of {kext}.',
  ],
  failedToTerminateClass: ['Failed to terminate class {class} - {error}.'],
  failedToTerminate: ['Terminate for {kext} failed - {error}.'],
  failedToUnload: ['Failed to unload {kext} - {error}.'],
  kernelRequestFailed: ['Kernel error handling kext request - {error}.'],
  notCommunicated: ['Error communicating with kernel - {error}.'],
  unloaded: ['{kext} unloaded and personalities removed.'],
  servicesTerminated: ['{kext}: services terminated and personalities removed (kext not unloaded).'],
  classTerminated: ['All instances of class {class} terminated.'],
  notCreated: ["Can't create {path}."],
  notRoot: [
    'You must be running as root to unload kexts, terminate services, or remove driver personalities.',
    'You must be running as root to unload kexts.',
    'You must be running as root to terminate IOService instances.',
  ],
  logsHint: ['Check the system/kernel logs for error messages from the I/O Kit.'],
  noneSpecified: ['No kernel extensions specified.', 'No kernel extensions specified; {*}'],
  ...sudoTemplates,
} as const;

/** What it says of a bundle that it cannot read and of its options, in the words of the other tools. */
const unloadTroubleTemplates = {
  ...kextTroubleTemplates,
  ...kextNoticeTemplates,
  optionUnknown: kextloadTemplates.optionUnknown,
} as const;

/** A line that kextunload itself writes. `error` is one of osReturns' texts. */
export type UnloadToolLine = ToolLine<Said<typeof unloadTemplates> | Said<typeof unloadTroubleTemplates>>;

/** Anything that one run of kextunload says about an unload. */
export type UnloadLine = KernelLine | UnloadToolLine | KmutilError | Usage;

/** How an unload ended and everything that was said about it. */
export interface UnloadAnswer {
  readonly outcome: UnloadOutcome;
  readonly said: ParsedText<UnloadLine>;
  readonly exitCode: number | null;
}

/**
 * Unloads a kext by its identifier, its services terminated first. A refusal is an answer, not an error. The kernel waits
 * up to 15 s for each service, so the time limit is long.
 * @throws RangeError for Apple's kexts, which Kext Dev never touches, and for what is no identifier.
 */
export function kextunload(bundleIdentifier: string): ToolCommand<UnloadAnswer> {
  if (isApple(bundleIdentifier)) throw new RangeError(`${bundleIdentifier} is Apple's and stays loaded`);
  if (!isKextIdentifier(bundleIdentifier)) throw new RangeError(`"${bundleIdentifier}" is no bundle identifier`);
  return {
    tool: 'kextunload',
    argv: ['-b', bundleIdentifier],
    asRoot: true,
    timeoutMs: 120_000,
    parse: output => {
      const expected = 'the result of an unload';
      requireWholeAnswer('kextunload', expected, output);
      const said = parseKextunload(allText(output));
      if (said.records.length === 0 && said.notUnderstood.length > 0)
        throw new UnknownToolText('kextunload', expected, output);
      return { outcome: unloadOutcome(said.records, output.exitCode), said, exitCode: output.exitCode };
    },
  };
}

/** The answer with what the kernel said of the unload besides: its reasons decide how it ended. */
export function withKernelLines(answer: UnloadAnswer, lines: readonly string[]): UnloadAnswer {
  const said = joined(parseKextunload(lines.join('\n')), answer.said);
  return { ...answer, said, outcome: unloadOutcome(said.records, answer.exitCode) };
}

const readUnload = lineReader(unloadTemplates);
const readTrouble = lineReader(unloadTroubleTemplates);

/** What kextunload, or kmutil behind it, wrote on both of its streams. */
export function parseKextunload(text: string): ParsedText<UnloadLine> {
  return parseToolLines(text, readToolLine, isUnloadNotice);
}

function readToolLine(text: string): Said<typeof unloadTemplates> | Said<typeof unloadTroubleTemplates> | undefined {
  const bare = text.replace(/^kextunload: /, '');
  // What cannot be created is a bundle where nothing else is named.
  return readTrouble(bare) ?? readUnload(bare);
}

/** Below what says that no kext was named, and the library's progress. */
function isUnloadNotice(text: string): boolean {
  return /^ *following options, or use -/.test(text) || isLibraryProgress(text);
}
