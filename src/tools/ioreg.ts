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
import { isIoregNotice } from './ioregNotice.ts';
import { type Line, parseBlocks, type Taken } from './lines.ts';
import type { ParsedText } from './parsedText.ts';
import { readPropertyValue } from './propertyValueText.ts';
import { readRegistryNode } from './registryNode.ts';

const propertyLine = /^[| ]*"(.*?)" = (.*)$/;

const nodeStart = /^[| ]*\+-o /;

// A tree has a few dozen levels.
const deepest = 500;

type Entry = Omit<RegistryEntry, 'properties' | 'children'>;

/** An object whose properties and children may still come. */
interface Growing {
  readonly column: number;
  /** Undefined for an object whose own line cannot be read: its properties belong to nothing that can be named. */
  readonly properties: Map<string, PropertyValue> | undefined;
  readonly children: RegistryEntry[];
}

/** The roots of the trees in the text. A line between the objects that is no property is not understood. */
export function parseIoregTree(text: string): ParsedText<RegistryEntry> {
  const roots: RegistryEntry[] = [];
  const open: Growing[] = [];
  const take = (lines: readonly Line[], at: number) => {
    const column = nodeStart.exec(lines[at]?.text ?? '')?.[0].length;
    if (column === undefined) return addTo(open.at(-1)?.properties, lines, at);
    const node = open.length < deepest ? takeNode(lines, at, column) : undefined;
    grow({ column, entry: node?.entry }, open, roots);
    return node && { records: roots.splice(0), taken: node.taken };
  };
  return parseBlocks(text, take, line => isFrame(line) || isIoregNotice(line));
}

/** Puts an object below the nearest open one that stands further left, or among the roots. */
function grow(
  { column, entry }: { column: number; entry: Entry | undefined },
  open: Growing[],
  roots: RegistryEntry[],
) {
  while ((open.at(-1)?.column ?? -1) >= column) open.pop();
  const siblings = open.at(-1)?.children ?? roots;
  if (entry === undefined) {
    open.push({ column, properties: undefined, children: siblings });
    return;
  }
  const properties = new Map<string, PropertyValue>();
  const children: RegistryEntry[] = [];
  siblings.push({ ...entry, properties, children });
  open.push({ column, properties, children });
}

/** A property of the object that came last, or a line that draws the tree. Properties of no known object are notices. */
function addTo(
  properties: Map<string, PropertyValue> | undefined,
  lines: readonly Line[],
  at: number,
): Taken<RegistryEntry> | undefined {
  const property = takeProperty(lines, at);
  if (property && properties) {
    properties.set(property.key, property.value);
    return { records: [], taken: property.taken };
  }
  if (property) {
    const notices = lines.slice(at, at + property.taken).map(line => line.text);
    return { records: [], taken: property.taken, notices };
  }
  return properties && isFrame(lines[at]?.text ?? '') ? { records: [], taken: 1 } : undefined;
}

/** A line that only draws the tree or holds an object's properties together. */
function isFrame(text: string): boolean {
  return /^[| ]*[{}]?$/.test(text.trimEnd());
}

/** An object on one line, or on up to three where a book has wrapped it. */
function takeNode(lines: readonly Line[], at: number, column: number): { entry: Entry; taken: number } | undefined {
  for (let taken = 1; taken <= 3; taken += 1) {
    const whole = lines
      .slice(at, at + taken)
      .map(line => line.text)
      .join('');
    const entry = readRegistryNode(whole.slice(column));
    if (entry) return { entry, taken };
    if (/^[| ]*(\+-o |[{}]|")/.test(lines[at + taken]?.text ?? '{')) return undefined;
  }
  return undefined;
}

/** The property on a line of the tree; undefined on any other line. Of a text of several lines, what stands on the first. */
export function readPropertyLine(line: string): { readonly key: string; readonly value: PropertyValue } | undefined {
  const property = takeProperty([{ line: 1, text: line }], 0);
  return property && { key: property.key, value: property.value };
}

/** A property; a text value may hold line ends, and then takes several lines. */
function takeProperty(lines: readonly Line[], at: number) {
  const match = propertyLine.exec(lines[at]?.text ?? '');
  if (!match) return undefined;
  const [, key = '', first = ''] = match;
  const more = first.startsWith('"') && !/^".*["$]$/.test(first.trimEnd()) ? linesToQuote(lines, at + 1) : [];
  const value = readPropertyValue([first, ...more].join('\n').trimEnd());
  return { key, value, taken: 1 + more.length };
}

/** A text's further lines, up to its quote; none where it has no end before something else begins. */
function linesToQuote(lines: readonly Line[], from: number): readonly string[] {
  const taken: string[] = [];
  for (const { text } of lines.slice(from, from + 100)) {
    if (nodeStart.test(text) || propertyLine.test(text) || /^[| ]*[{}]$/.test(text.trimEnd())) return [];
    taken.push(text);
    if (text.trimEnd().endsWith('"')) return taken;
  }
  return [];
}
