/**
 * Reads what a tool prints that relays the kernel's lines and hands over to kmutil(8): kextload and kextunload.
 * A line after `(kernel) ` is the kernel's alone; any other is the tool's, or the kernel's where the prefix was lost.
 */
import { isKernelProgress, isRelayed, type KernelLine, readKernelLine } from './kernelLines.ts';
import { type KmutilError, takeKmutilError } from './kmutilErrors.ts';
import { type Line, parseBlocks, type Taken } from './lines.ts';
import { isNoise } from './noise.ts';
import type { ParsedText } from './parsedText.ts';

/** A line that the tool itself wrote: `fact` is what it says. */
export type ToolLine<Fact> = Fact & Line & { readonly by: 'tool' };

/** Gives what several lines from `lines[at]` on say together, and how many they are; undefined where they do not. */
export type BlockReader<Block> = (
  lines: readonly Line[],
  at: number,
) => { readonly block: Block; readonly taken: number } | undefined;

/**
 * Parses the text of a kext tool; `readTool` knows the tool's own lines, `isProgress` its own noise, and `takeBlock` what
 * it writes over several lines.
 */
export function parseToolLines<Fact extends { readonly kind: string }, Block = never>(
  text: string,
  readTool: (text: string) => Fact | undefined,
  isProgress: (text: string) => boolean,
  takeBlock: BlockReader<Block> = () => undefined,
): ParsedText<KernelLine | KmutilError | ToolLine<Fact> | Block> {
  const take = (
    lines: readonly Line[],
    at: number,
  ): Taken<KernelLine | KmutilError | ToolLine<Fact> | Block> | undefined => {
    const kmutil = takeKmutilError(lines, at);
    if (kmutil) return { records: [kmutil.error], taken: kmutil.taken };
    const block = takeBlock(lines, at);
    if (block) return { records: [block.block], taken: block.taken };
    const line = lines[at];
    if (!line) return undefined;
    const fact = isRelayed(line.text) ? undefined : readTool(line.text);
    const record = fact ? { ...fact, ...line, by: 'tool' as const } : readKernelLine(line);
    return record && { records: [record], taken: 1 };
  };
  return parseBlocks(text, take, line => isNoise(line) || isKernelProgress(line) || isProgress(line));
}
