/**
 * kextutil(8), which explains a load better than kextload. Accepted, besides the kernel's own lines (kernelLines.ts), kmutil's
 * errors (kmutilErrors.ts), what kextload says too (kextload.ts) and the dictionaries of `-v 6` (kextDump.ts):
 *   Defaulting to kernel file '/System/Library/Kernels/kernel'
 *   Notice: Pump.kext has debug properties set.
 *   Unable to stage kext (/Library/Extensions/Other.kext) to secure location.        (about another kext that is installed)
 *   Kext with invalid signature (-67062) allowed: <OSKext 0x7fc8 [0x7fff]> { URL = "Pump.kext/ -- file:///tmp/", ID = "org.sample.Pump" }
 *   /tmp/Pump.kext - dependency 'com.apple.kpi.mach' not found.                      (each three times)
 *   Diagnostics for /tmp/Pump.kext:                     (10.6: `/tmp/Pump.kext has problems:`; sections: kextDiagnostics.ts)
 *   Code Signing Failure: not code signed
 *   /tmp/Pump.kext appears to be loadable (not including linkage for on-disk libraries).
 *   Load /tmp/Pump.kext and its dependencies into the kernel [Y/n]?
 *   Send personality Pump Main [Y/n/a]? y
 *   kextutil: option requires an argument -- b                                       (its usage follows: usage.ts)
 *   Can't create kext cache under /Library/Extensions - owner not root.              (the kext library goes on without it)
 *   kextutil: -n is not a supported kmutil mode                                      (11 and later: nothing was checked)
 */
import { type LoadLine, parseLoadText } from './kext/loadText.ts';
import type { ParsedText } from './text/parsedText.ts';

/** What kextutil, or kmutil behind it, wrote on both of its streams. */
export function parseKextutil(text: string): ParsedText<LoadLine> {
  return parseLoadText(text);
}
