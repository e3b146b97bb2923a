/**
 * ioclasscount(8). Accepted:
 *   PumpEngine = 2                              (no classes asked for: one class a line)
 *   PumpEngine = 2, PumpDriver = <no such class>   (classes asked for: one line)
 *   PumpEngine = 18446744073709551615           (over-released: a negative count printed unsigned)
 *   PumpEngine = ?? (error reading/converting value)
 *   Error: Class information missing.
 * The modes that look for leaks (--track, --leaks) say on a Mac that is no developer's of the kernel
 *   open IOKitDiagnosticsClient (0xe00002c7), need DEVELOPMENT kernel
 *   method 0x1 IOTrackingDebug (0xe00002c7), check boot-arg io=0x00400000
 */
import type { ClassCounts } from '../model/classCounts.ts';
import { requireClassName } from './className.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseBlocks } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** The count of one class. */
export interface ClassCount {
  readonly name: string;
  /** Negative after an over-release; undefined where there is no such class, or its value could not be read. */
  readonly instances: number | undefined;
  /** The class is registered, but its value could not be read. */
  readonly unreadable?: true;
}

/**
 * Counts the instances of those classes, or of every class. What is not registered or not readable is left out.
 * @throws RangeError for a name that no class can have.
 */
export function ioclasscount(classNames: readonly string[] = []): ToolCommand<ClassCounts> {
  classNames.forEach(requireClassName);
  return {
    tool: 'ioclasscount',
    argv: classNames,
    asRoot: false,
    timeoutMs: 30_000,
    parse: output => {
      requireWholeAnswer('ioclasscount', expected, output);
      const { records } = parseIoclasscount(output.stdout);
      if (records.length === 0) throw new UnknownToolText('ioclasscount', expected, output);
      return countsOf(records);
    },
  };
}

const expected = 'counts of classes';

function countsOf(records: readonly ClassCount[]): ClassCounts {
  const counts = new Map<string, number>();
  for (const { name, instances } of records) if (instances !== undefined) counts.set(name, instances);
  return counts;
}

const one = /([A-Za-z_$][\w$:<>]*) = (\d{1,20}|-\d{1,20}|<no such class>|\?\?(?: \([^()]*\))?)(?:,\s*|$)/y;

/** What ioclasscount says where it has no counts (IOKitTools, ioclasscount.c), and its modes on a kernel that is built without them. */
export const ioclasscountFailureTemplates = {
  countsMissing: [
    "Error: Can't get registry root.",
    "Error: Can't read registry root properties.",
    'Error: Allocation information missing.',
    'Error: Class information missing.',
  ],
  otherKernelNeeded: ['open {client} ({code:x}), need DEVELOPMENT kernel'],
  bootArgumentNeeded: ['method {selector:x} {method} ({code:x}), check boot-arg {bootArgument}'],
} as const;

/** Counts in either layout. A line counts as one where any number of classes stand on it. */
export function parseIoclasscount(text: string): ParsedText<ClassCount> {
  const pattern = new RegExp(one);
  const take = (lines: readonly Line[], at: number) => {
    const records = readCounts(lines[at]?.text.trim() ?? '', pattern);
    return records && { records, taken: 1 };
  };
  return parseBlocks(text, take, isNoise);
}

/** The counts on a line; undefined where anything else stands on it. */
function readCounts(line: string, pattern: RegExp): readonly ClassCount[] | undefined {
  const counts: ClassCount[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < line.length) {
    const [, name = '', value = ''] = pattern.exec(line) ?? [];
    if (name === '') return undefined;
    counts.push(readCount(name, value));
  }
  return counts;
}

function readCount(name: string, value: string): ClassCount {
  if (value.startsWith('?')) return { name, instances: undefined, unreadable: true };
  if (value.startsWith('<')) return { name, instances: undefined };
  return { name, instances: instanceCount(BigInt(value)) };
}

/** The count behind a printed one: the kernel counts in a signed 32-bit integer, and tools print it through unsigned ones. */
export function instanceCount(printed: bigint): number {
  return Number(BigInt.asIntN(32, printed));
}
