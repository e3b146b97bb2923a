/**
 * kextload(8), and the lines of the kext library that come with it. Accepted, besides the kernel's own lines (kernelLines.ts),
 * kmutil's errors (kmutilErrors.ts) and all that kextutil says (kextutil.ts):
 *   Requesting load of /private/tmp/Pump.kext.
 *   /private/tmp/Pump.kext loaded successfully (or already loaded).
 *   /private/tmp/Pump.kext failed to load - (libkern/kext) link error; check the system/kernel logs for errors or try kextutil(8).
 *   Failed to load /private/tmp/Pump.kext - (libkern/kext) link error.
 *   Can't load /private/tmp/Pump.kext - no code for running kernel's architecture.
 *   Kext rejected due to improper filesystem permissions: <OSKext 0x7ff5 [0x7fff]> { URL = "file:///tmp/", ID = "org.sample.Pump" }
 *   Load org.sample.Pump failed; removing personalities from kernel.          (kextd, in the system log)
 *   Use kextutil(8) for development loading of kexts.                         (an option that it does not know)
 *   kextload: /private/tmp/Pump.kext loaded successfully       (10.5: every line has the tool's name)
 *   kextload: allocated 24576 bytes in kernel space at 0x2f1c6000
 *   kextload: created as # 64 at address 0x2f1c7000, size 24576
 */

import { requireAbsolute } from './fileTools.ts';
import { type LoadLine, parseLoadText } from './kext/loadText.ts';
import { type LoadOutcome, loadOutcome } from './outcome/loadOutcome.ts';
import { allText, requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import type { ParsedText } from './text/parsedText.ts';

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
  requireAbsolute(bundlePath);
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

/** What kextload, or kmutil behind it, wrote on both of its streams. */
export function parseKextload(text: string): ParsedText<LoadLine> {
  return parseLoadText(text);
}
