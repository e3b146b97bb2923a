/**
 * kextcache(8), and kmutil install in its place since macOS 11. Accepted, besides what the kext library says too (kextutil.ts):
 *   kextcache -Boot -U /                       (the commands that it runs itself)
 *   rebuilding //System/Library/Caches/com.apple.kext.caches/Startup/kernelcache
 *   kext file:///Library/Extensions/Pump.kext/ is in hash exception list, allowing to load
 *   kext org.sample.driver.Pump  101009000 is in exception list, allowing to load
 *   kext-dev-mode allowing invalid signature -67030 0xFFFFFFFFFFFEFA2A for kext Pump.kext     (no quotes here)
 *   Created prelinked kernel "/System/Library/PrelinkedKernels/prelinkedkernel"
 *   Child process /usr/sbin/kextcache[612] exited with status 71.
 *   IOKitWaitQuiet() timed out.
 *   Error updating helper partition disk0s3, state 4: Booters copied.
 *   rebuilding local auxiliary collection      (macOS 11 and later)
 *   It looks like you're trying to update the system caches. As of macOS 11, …        (nothing was done)
 *   kmutil done
 */

import type { KextDiagnosticsSection } from './kext/kextDiagnostics.ts';
import type { KextDump } from './kext/kextDump.ts';
import { isLoadNotice, type LoadLine, readLoadToolLine, takeLoadBlock, withBundles } from './kext/loadText.ts';
import { type KmutilPlan, takeKmutilPlan } from './kmutil/kmutilPlan.ts';
import { kextcacheProgressTemplates } from './messages/kextcacheProgressTemplates.ts';
import { kextcacheTemplates } from './messages/kextcacheTemplates.ts';
import { kextcacheTroubleTemplates } from './messages/kextcacheTroubleTemplates.ts';
import type { Line } from './text/lines.ts';
import { lineReader, type Said } from './text/lineTemplates.ts';
import type { ParsedText } from './text/parsedText.ts';
import { parseToolLines, type ToolLine } from './text/toolLines.ts';

/** Anything that kextcache says. */
export type KextcacheLine =
  | LoadLine
  | ToolLine<Said<typeof kextcacheTemplates> | Said<typeof kextcacheTroubleTemplates>>
  | KmutilPlan;

const readTrouble = lineReader(kextcacheTroubleTemplates);
const readWords = lineReader(kextcacheTemplates);
const readProgress = lineReader(kextcacheProgressTemplates);

/** What kextcache, or kmutil behind it, wrote on both of its streams. */
export function parseKextcache(text: string): ParsedText<KextcacheLine> {
  return withBundles<KextcacheLine>(
    parseToolLines(
      text,
      readKextcacheLine,
      line => isLoadNotice(line) || readProgress(line) !== undefined,
      takeKextcacheBlock,
    ),
  );
}

function readKextcacheLine(line: string) {
  const bare = line.replace(/^kextcache: /, '');
  // The loaders' words for what they cannot create fit whatever kextcache cannot.
  return readTrouble(bare) ?? readLoadToolLine(bare) ?? readWords(bare);
}

function takeKextcacheBlock(
  lines: readonly Line[],
  at: number,
): { readonly block: KextDiagnosticsSection | KextDump | KmutilPlan; readonly taken: number } | undefined {
  return takeLoadBlock(lines, at) ?? takeKmutilPlan(lines, at);
}
