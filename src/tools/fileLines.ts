/**
 * What the file tools print that an install asks, line by line; fileTools.ts reads the answers. Accepted:
 *   drwxr-xr-x@ 3 0  0  96 Jan  9 09:41 /Library/Extensions
 *   12884953 /Library/Extensions/Pump.kext                          (-di: its number in the file system)
 *   ls: /Library/Extensions/Pump.kext: No such file or directory
 *   /Library/Extensions/Pump.kext/Contents/Info.plist: No such file or directory
 *   SHA256(/Library/Extensions/Pump.kext/Contents/Info.plist)= 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 */
import { parseKernelDebugKits } from './kernelDebugKits.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** The entries that ls(1) printed with -l as they stand; without it, the kits of a folder of Kernel Debug Kits. */
export function parseLs(text: string): ParsedText<unknown> {
  // A blank of a line end would look through all that follows, from each line anew.
  if (!/^(?:[-a-z][-rwxsStT]{9}|ls: |[ \t]*\d+ \/)/m.test(text)) return parseKernelDebugKits(text);
  return parseLines(text, readEntry, line => isNoise(line) || /^ls: .*: No such file or directory$/.test(line));
}

/** The digests that openssl(1) printed, with their files as they stand. */
export function parseOpenssl(text: string): ParsedText<string> {
  return parseLines(
    text,
    ({ text: line }) => (/^SHA(?:2-)?256\(.*\)= [0-9a-f]{64}$/.test(line) ? line : undefined),
    line => isNoise(line) || /^\/.*: No such file or directory$/.test(line),
  );
}

function readEntry({ text }: Line): string | undefined {
  return /^[-a-z][-rwxsStT]{9}[.+@ ]\s*\d+\s+\d+\s+\d+\s|^\s*\d+ \//.test(text) ? text : undefined;
}
