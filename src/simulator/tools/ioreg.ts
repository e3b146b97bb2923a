import { parseArgs } from 'node:util';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { KernelAnswer, KernelRegistryEntry } from '../kernelAnswer.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';
import { ioregArchive } from './ioregArchive.ts';
import { ioregTree } from './ioregTree.ts';

/** What one ioreg call shows of each object. */
export interface IoregView {
  readonly inheritance: boolean;
  readonly hasProperties: (entry: KernelRegistryEntry) => boolean;
}

/** ioreg(8) with the options that the product uses: -a, -i, -l, -w 0 (lines as long as they are), and -r -c CLASS. */
export function ioreg(answer: KernelAnswer, argv: readonly string[]): ToolOutput {
  const options = readOptions(argv);
  // What -r shows without a criterion, and where -w cuts a line off, is not simulated.
  const known = options?.w === undefined || options.w === '0';
  if (options === undefined || !known || (options.r && options.c === undefined)) return cannotSimulate('ioreg', argv);
  const matches = (entry: KernelRegistryEntry) => options.c !== undefined && entry.inheritance.includes(options.c);
  const view: IoregView = {
    inheritance: options.i ?? false,
    hasProperties: entry => (options.l ?? false) || matches(entry),
  };
  const roots = options.r ? subtrees(answer.registry, matches) : [answer.registry];
  const render = options.a ? ioregArchive : ioregTree;
  return { ...said({}), stdout: render(roots, view, options.r ?? false) };
}

function readOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        a: { type: 'boolean', short: 'a' },
        i: { type: 'boolean', short: 'i' },
        l: { type: 'boolean', short: 'l' },
        r: { type: 'boolean', short: 'r' },
        c: { type: 'string', short: 'c' },
        w: { type: 'string', short: 'w' },
      },
    }).values;
  } catch {
    return undefined;
  }
}

/** The topmost objects that match; their subtrees come whole. */
function subtrees(
  entry: KernelRegistryEntry,
  matches: (entry: KernelRegistryEntry) => boolean,
): readonly KernelRegistryEntry[] {
  return matches(entry) ? [entry] : entry.children.flatMap(child => subtrees(child, matches));
}
