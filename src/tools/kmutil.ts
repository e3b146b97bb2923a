/**
 * kmutil(8), whichever of its commands it was. Accepted, besides its errors (kmutilErrors.ts), what the tools say that it answers
 * for (kextutil.ts), its plans (kmutilPlan.ts), the libraries of `kmutil libraries` (kextlibs.ts) and the rows of `kmutil showloaded`
 * (kextstat.ts):
 *   Checking the auxiliary kernel collection...
 *   Requesting user approval (times out in 60 seconds)...
 *   A system reboot is required for the operation to take effect
 *   warning: unable to create release extension manager, expect errors
 *   Error: Unknown option '-n'                  (its usage follows: usage.ts)
 * A load that succeeds prints nothing.
 */
import type { Kext } from '../model/kext.ts';
import { isKextstatHeader, readKextRow } from './kext/kextRow.ts';
import { isLoadNotice, type LoadLine, readLoadToolLine, takeLoadBlock, withBundles } from './kext/loadText.ts';
import { type KextlibsLine, takeKextlibsLine } from './kextlibs.ts';
import type { KmutilError } from './kmutil/kmutilErrors.ts';
import { type KmutilPlan, takeKmutilPlan } from './kmutil/kmutilPlan.ts';
import type { KernelLine } from './messages/kernelLines.ts';
import { kmutilTemplates } from './messages/kmutilTemplates.ts';
import type { Line } from './text/lines.ts';
import { lineReader, type Said } from './text/lineTemplates.ts';
import type { ParsedText } from './text/parsedText.ts';
import { parseToolLines, type ToolLine } from './text/toolLines.ts';

/** A row of `kmutil showloaded`. */
export interface ShownKext extends Line {
  readonly kind: 'kext';
  readonly kext: Kext;
}

/** Anything that kmutil says. */
export type KmutilLine =
  | LoadLine
  | KernelLine
  | KmutilError
  | ToolLine<Said<typeof kmutilTemplates>>
  | KmutilPlan
  | ShownKext
  | KextlibsLine;

const readWords = lineReader(kmutilTemplates);

/** What kmutil wrote on both of its streams. */
export function parseKmutil(text: string): ParsedText<KmutilLine> {
  return withBundles<KmutilLine>(
    parseToolLines(
      text,
      line => readLoadToolLine(line) ?? readWords(line),
      line => isLoadNotice(line) || isKextstatHeader(line),
      takeKmutilBlock,
    ),
  );
}

type KmutilBlock = KmutilPlan | ShownKext | KextlibsLine | NonNullable<ReturnType<typeof takeLoadBlock>>['block'];

function takeKmutilBlock(
  lines: readonly Line[],
  at: number,
): { readonly block: KmutilBlock; readonly taken: number } | undefined {
  const line = lines[at];
  if (line === undefined) return undefined;
  const block = takeLoadBlock(lines, at) ?? takeKmutilPlan(lines, at);
  if (block) return block;
  const kext = readKextRow(line.text);
  if (kext) return { block: { kind: 'kext', kext, ...line }, taken: 1 };
  // kextlibs' own words on a file that it cannot open fit whatever others cannot.
  const libraries = readLoadToolLine(line.text) === undefined ? takeKextlibsLine(lines, at) : undefined;
  const [said] = libraries?.records ?? [];
  return said === undefined ? undefined : { block: said, taken: libraries?.taken ?? 1 };
}
