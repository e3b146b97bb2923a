/**
 * kextload(8), and the lines of kextutil(8) and the kext library that come with it. Accepted, besides the kernel's own
 * lines (kernelLines.ts), kmutil's errors (kmutilErrors.ts) and kextutil's diagnostics (kextDiagnostics.ts):
 *   Requesting load of /private/tmp/Pump.kext.
 *   /private/tmp/Pump.kext loaded successfully (or already loaded).
 *   /private/tmp/Pump.kext failed to load - (libkern/kext) link error; check the system/kernel logs for errors or try kextutil(8).
 *   Failed to load /private/tmp/Pump.kext - (libkern/kext) link error.
 *   Can't load /private/tmp/Pump.kext - no code for running kernel's architecture.
 *   Kext rejected due to improper filesystem permissions: <OSKext 0x7ff5 [0x7fff]> { URL = "file:///tmp/", ID = "org.sample.Pump" }
 *   kextload: /private/tmp/Pump.kext loaded successfully       (10.5: every line has the tool's name)
 */
import { allText, requireWholeAnswer } from './answer.ts';
import type { KernelLine } from './kernelLines.ts';
import { type KextDiagnosticsSection, takeKextDiagnostics } from './kextDiagnostics.ts';
import { loadTemplates } from './kextloadTemplates.ts';
import type { KmutilError } from './kmutilErrors.ts';
import { lineReader, type Said } from './lineTemplates.ts';
import { type LoadOutcome, loadOutcome } from './loadOutcome.ts';
import type { ParsedText } from './parsedText.ts';
import type { ToolCommand } from './toolCommand.ts';
import { UnknownToolText } from './toolErrors.ts';
import { parseToolLines, type ToolLine } from './toolLines.ts';

/** A line that kextload itself writes. `error` is one of osReturns' texts. */
export type LoadToolLine = ToolLine<Said<typeof loadTemplates>>;

/** Anything that one run of kextload says about a load. */
export type LoadLine = KernelLine | LoadToolLine | KmutilError | KextDiagnosticsSection;

/** How a load ended and everything that was said about it. */
export interface LoadAnswer {
  readonly outcome: LoadOutcome;
  readonly said: ParsedText<LoadLine>;
  readonly exitCode: number | null;
}

/**
 * Loads the bundle at that absolute path of the target. A refusal is an answer, not an error; success says nothing about
 * *which* build runs, since kextload says the same of a kext that was loaded before.
 * @throws RangeError for a path that is not absolute.
 */
export function kextload(bundlePath: string): ToolCommand<LoadAnswer> {
  if (!bundlePath.startsWith('/')) throw new RangeError(`"${bundlePath}" is no absolute path`);
  return {
    tool: 'kextload',
    argv: [bundlePath],
    asRoot: true,
    timeoutMs: 120_000,
    parse: output => {
      const expected = 'the result of a load';
      requireWholeAnswer('kextload', expected, output);
      const said = parseKextload(allText(output));
      if (said.records.length === 0 && said.notUnderstood.length > 0)
        throw new UnknownToolText('kextload', expected, output);
      return { outcome: loadOutcome(said.records, output.exitCode), said, exitCode: output.exitCode };
    },
  };
}

const readToolLine = lineReader(loadTemplates);

const progress: readonly RegExp[] = [
  /^Kext (user|kernel)-space log filter changed from 0x/,
  /^KernelCache ID: [0-9A-F]+$/,
  /^Check library declarations for your kext with kextlibs\(8\)\.$/,
  /^Diagnostics for .+:$/,
  /^Cache file .+ is out of date; not using\.$/,
  /^Disabling KextAudit: SIP is off$/,
  /^kextload: (allocated \d+ bytes in kernel space at|created as # \d+ at address) /,
];

/** What kextload, or kmutil behind it, wrote on both of its streams. */
export function parseKextload(text: string): ParsedText<LoadLine> {
  return parseToolLines(
    text,
    line => readToolLine(line.replace(/^kextload: /, '')),
    line => progress.some(pattern => pattern.test(line)),
    takeKextDiagnostics,
  );
}
