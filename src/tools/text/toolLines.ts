/**
 * Reads what a tool prints that relays the kernel's lines and hands over to kmutil(8): kextload, kextunload, kextutil, kextcache.
 * A line after `(kernel) ` is the kernel's alone; any other is the kernel's, where the prefix was lost, or the tool's.
 */

import { startsKmutilError } from '../kmutil/kmutilErrorLines.ts';
import { type KmutilError, takeKmutilError } from '../kmutil/kmutilErrors.ts';
import { isKernelProgress, isRelayed, type KernelLine, readKernelLine } from '../messages/kernelLines.ts';
import { lastAnswer } from './lastAnswer.ts';
import { type Line, parseBlocks, type Taken } from './lines.ts';
import { isNoise } from './noise.ts';
import type { ParsedText } from './parsedText.ts';
import { takeUsage, type Usage } from './usage.ts';

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
): ParsedText<KernelLine | KmutilError | Usage | ToolLine<Fact> | Block> {
  type Any = KernelLine | KmutilError | Usage | ToolLine<Fact> | Block;
  const isNotice = lastAnswer(line => isNoise(line) || isKernelProgress(line) || isProgress(line));
  const readText = lastAnswer((line): KernelLine | (Fact & { readonly by: 'tool' }) | undefined => {
    const kernel = readKernelLine({ line: 0, text: line });
    if (kernel || isRelayed(line) || isKernelProgress(line)) return kernel;
    const fact = readTool(line);
    return fact && { ...fact, by: 'tool' as const };
  });
  const read = (line: Line): KernelLine | ToolLine<Fact> | undefined => {
    const said = readText(line.text);
    return said && { ...said, ...line };
  };
  const mayBeKmutils = lastAnswer(startsKmutilError);
  const take = (lines: readonly Line[], at: number): Taken<Any> | undefined => {
    const kmutil = mayBeKmutils(lines[at]?.text ?? '') ? takeKmutilError(lines, at) : undefined;
    if (kmutil) return { records: [kmutil.error], taken: kmutil.taken };
    const block = takeUsage(lines, at) ?? takeBlock(lines, at);
    if (block) return { records: [block.block], taken: block.taken };
    const line = lines[at];
    if (!line) return undefined;
    const record = read(line);
    if (record) return { records: [record], taken: 1 };
    return isNotice(line.text) ? undefined : takeWrapped(lines, at, read);
  };
  return parseBlocks(text, take, isNotice);
}

// The longest lines that people wrapped by hand hold two paths.
const mostWrapped = 3;

/** One line that somebody wrapped: it goes on in lines that are set in and say nothing by themselves. */
function takeWrapped<T extends Line>(
  lines: readonly Line[],
  at: number,
  read: (line: Line) => T | undefined,
): Taken<T> | undefined {
  // Most lines are not wrapped, and their next line says so.
  if (!/^ +\S/.test(lines[at + 1]?.text ?? '') || /^\s/.test(lines[at]?.text ?? '')) return undefined;
  const own: Line[] = lines.slice(at, at + 1);
  while (own.length < mostWrapped) {
    const next = lines[at + own.length];
    if (next === undefined || !/^ +\S/.test(next.text) || read(next)) return undefined;
    own.push(next);
    const whole = read({ line: own[0]?.line ?? 0, text: own.map(({ text }) => text.trim()).join(' ') });
    if (whole) return { records: [{ ...whole, text: own.map(({ text }) => text).join('\n') }], taken: own.length };
  }
  return undefined;
}
