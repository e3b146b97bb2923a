/**
 * ioreg(8) as a tree. Accepted:
 *   +-o Root  <class IORegistryEntry, id 0x100000100, retain 14>
 *   | +-o Pump@1F,2  <class IOService:PumpDriver, id 0x1000003c1, !registered, !matched, inactive, busy 1 (15 ms), retain 9>
 *   |     {
 *   |       "IOUserClientCreator" = "pid 587, pumpctl"
 *   |     }
 * with `-i` the superclasses in a chain, `A:B` or `A : B`; before 10.6 without ids; several trees with `-r`; node lines
 * wrapped onto the next line by a book; without `-w 0` lines cut at the terminal's width, which end with `$`.
 */
import type { PropertyValue, RegistryEntry } from '../model/registryEntry.ts';
import { type Line, linesOf } from './lines.ts';
import { isNoise } from './noise.ts';
import type { LineNotUnderstood, ParsedText } from './parsedText.ts';
import { readPropertyValue } from './propertyValueText.ts';
import { readRegistryNode } from './registryNode.ts';

interface Growing {
  readonly column: number;
  readonly properties: Map<string, PropertyValue>;
  readonly children: RegistryEntry[];
}

/** The roots of the trees in the text. A line between the objects that is no property is not understood. */
export function parseIoregTree(text: string): ParsedText<RegistryEntry> {
  const records: RegistryEntry[] = [];
  const notices: string[] = [];
  const notUnderstood: LineNotUnderstood[] = [];
  const open: Growing[] = [];
  const lines = linesOf(text);
  let at = 0;
  for (let line = lines[at]; line !== undefined; line = lines[at]) {
    const node = takeNode(lines, at);
    const property = node ? undefined : takeProperty(lines, at);
    const innermost = open.at(-1);
    if (node) {
      while ((open.at(-1)?.column ?? -1) >= node.column) open.pop();
      const growing = { column: node.column, properties: new Map<string, PropertyValue>(), children: [] };
      (open.at(-1)?.children ?? records).push({ ...node.entry, ...pick(growing) });
      open.push(growing);
    } else if (property && innermost) innermost.properties.set(property.key, property.value);
    else if (!(innermost && isFrame(line.text))) {
      if (isNoise(line.text)) notices.push(line.text);
      else notUnderstood.push(line);
    }
    at += node?.taken ?? (innermost ? property?.taken : undefined) ?? 1;
  }
  return { records, notices, notUnderstood };
}

function pick({ properties, children }: Growing): Pick<RegistryEntry, 'properties' | 'children'> {
  return { properties, children };
}

/** A line that only draws the tree or holds an object's properties together. */
function isFrame(text: string): boolean {
  return /^[| ]*[{}]?\s*$/.test(text);
}

function takeNode(lines: readonly Line[], at: number) {
  const text = lines[at]?.text ?? '';
  const column = /^[| ]*\+-o /.exec(text)?.[0].length;
  if (column === undefined) return undefined;
  for (let taken = 1; taken <= 3; taken += 1) {
    const whole = lines
      .slice(at, at + taken)
      .map(line => line.text)
      .join('');
    const entry = readRegistryNode(whole.slice(column));
    if (entry) return { column, entry, taken };
    if (/^[| ]*(\+-o |[{}]|")/.test(lines[at + taken]?.text ?? '{')) return undefined;
  }
  return undefined;
}

/** A property; a text value may hold line ends, and then takes several lines. */
function takeProperty(lines: readonly Line[], at: number) {
  const match = /^[| ]*"(.*?)" = (.*)$/.exec(lines[at]?.text ?? '');
  if (!match) return undefined;
  const [, key = '', first = ''] = match;
  const more = first.startsWith('"') && !/^".*["$]\s*$/.test(first) ? linesToQuote(lines, at + 1) : [];
  const value = readPropertyValue([first, ...more].join('\n').trimEnd());
  return { key, value, taken: 1 + more.length };
}

function linesToQuote(lines: readonly Line[], from: number): readonly string[] {
  const taken: string[] = [];
  for (const { text } of lines.slice(from, from + 100)) {
    if (/^[| ]*(\+-o |"[^"]*" = |[{}]\s*$)/.test(text)) return [];
    taken.push(text);
    if (/"\s*$/.test(text)) return taken;
  }
  return [];
}
