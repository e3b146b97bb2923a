/**
 * ioclasscount(8). Accepted:
 *   PumpEngine = 2                              (no classes asked for: one class a line)
 *   PumpEngine = 2, PumpDriver = <no such class>   (classes asked for: one line)
 *   PumpEngine = 18446744073709551615           (over-released: a negative count printed unsigned)
 *   PumpEngine = ?? (error reading/converting value)
 */
import type { ClassCounts } from '../model/classCounts.ts';
import { requireWholeAnswer } from './answer.ts';
import { type Line, parseBlocks } from './lines.ts';
import { isNoise } from './noise.ts';
import type { ParsedText } from './parsedText.ts';
import type { ToolCommand } from './toolCommand.ts';
import { UnknownToolText } from './toolErrors.ts';

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
  for (const name of classNames)
    if (!/^[A-Za-z_$][\w$:]*$/.test(name)) throw new RangeError(`"${name}" is no class name`);
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

const one = String.raw`([A-Za-z_$][\w$:<>]*) = (\d+|-\d+|<no such class>|\?\?(?: \([^)]*\))?)`;
const whole = new RegExp(String.raw`^\s*${one}(?:,\s*${one})*,?\s*$`);

/** Counts in either layout. A line counts as one where any number of classes stand on it. */
export function parseIoclasscount(text: string): ParsedText<ClassCount> {
  const take = (lines: readonly Line[], at: number) => {
    const line = lines[at]?.text ?? '';
    return whole.test(line) ? { records: [...readCounts(line)], taken: 1 } : undefined;
  };
  return parseBlocks(text, take, isNoise);
}

function* readCounts(text: string): Generator<ClassCount> {
  for (const [, name = '', value = ''] of text.matchAll(new RegExp(one, 'g'))) {
    if (value.startsWith('?')) yield { name, instances: undefined, unreadable: true };
    else if (value.startsWith('<')) yield { name, instances: undefined };
    // The kernel counts in a signed 32-bit integer; the tool prints it through an unsigned long.
    else yield { name, instances: Number(BigInt.asIntN(32, BigInt(value))) };
  }
}
