/**
 * ioreg(8) as a tree. Accepted:
 *   +-o Root  <class IORegistryEntry, id 0x100000100, retain 14>
 *   | +-o Pump@1F,2  <class IOService:PumpDriver, id 0x1000003c1, !registered, !matched, inactive, busy 1 (15 ms), retain 9>
 *   |     {
 *   |       "IOUserClientCreator" = "pid 587, pumpctl"
 *   |     }
 * with `-i` the superclasses in a chain, `A:B` or `A : B`; before 10.6 without ids; several trees with `-r`; node lines
 * wrapped onto the next line by a book; without `-w 0` lines cut at the terminal's width, wherever that is, which end with `$`:
 *   | | +-o PumpUserClient  <class PumpUs$
 *   | |   |   "IOUserClientCrea$
 * A line that cannot be read is an object of which nothing is known, so that what is below it stays in its place; so are
 * properties without a line of their object, as grep leaves them.
 *   ioreg: error: can't obtain properties.
 */
import { cutOff, type PropertyValue, type RegistryEntry } from '../model/registryEntry.ts';
import { readPropertyValue } from './registry/propertyValueText.ts';
import { readRegistryNode, unknownNode } from './registry/registryNode.ts';
import { type Line, parseBlocks, type Taken } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

const propertyLine = /^[| ]*"(.*?)" = (.*)$/;

/** A property that was cut in its key or behind it. */
const cutProperty = /^[| ]*"([^"]*)("?) ?=?\$\s*$/;

const nodeStart = /^[| ]*\+-o /;

/** A node that was cut before its name. */
const cutNode = /^([| ]*)\+(?:-o?)?\$\s*$/;

/** What ioreg says on standard error. */
export const ioregFailureTemplates = { ioregFailed: ['ioreg: error: {reason}'] } as const;

// A tree has a few dozen levels.
const deepest = 500;

type Entry = Omit<RegistryEntry, 'properties' | 'children'>;

/** An object whose properties and children may still come. */
interface Growing {
  readonly column: number;
  /** Undefined where the tree is too deep. */
  readonly properties: Map<string, PropertyValue> | undefined;
  readonly children: RegistryEntry[];
}

/** The roots of the trees in the text. A line between the objects that is no property is not understood. */
export function parseIoregTree(text: string): ParsedText<RegistryEntry> {
  const roots: RegistryEntry[] = [];
  const open: Growing[] = [];
  const take = (lines: readonly Line[], at: number) => {
    const column = columnOf(lines[at]?.text ?? '');
    if (column === undefined) return addTo(open, roots, lines, at);
    const isTooDeep = open.length >= deepest;
    const node = isTooDeep ? undefined : takeNode(lines, at, column);
    grow({ column, entry: isTooDeep ? undefined : (node?.entry ?? unknownNode) }, open, roots);
    return node && { records: roots.splice(0), taken: node.taken };
  };
  const parsed = parseBlocks(text, take, line => isFrame(line) || isNoise(line));
  // What began behind the last line that made a record of its own.
  return { ...parsed, records: [...parsed.records, ...roots] };
}

/** Where what is said of a node stands on its line; undefined on any other line. */
function columnOf(text: string): number | undefined {
  const start = nodeStart.exec(text)?.[0];
  if (start !== undefined) return start.length;
  const bars = cutNode.exec(text)?.[1];
  return bars === undefined ? undefined : bars.length + '+-o '.length;
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

/** A property of the object that came last, or a line that draws the tree. */
function addTo(
  open: Growing[],
  roots: RegistryEntry[],
  lines: readonly Line[],
  at: number,
): Taken<RegistryEntry> | undefined {
  const property = takeProperty(lines, at);
  if (property) {
    const { key, value, taken } = property;
    if (isOfAnother(open, key)) grow({ column: withoutLine, entry: unknownNode }, open, roots);
    const properties = open.at(-1)?.properties;
    properties?.set(key, value);
    return { records: [], taken, notices: properties ? [] : lines.slice(at, at + taken).map(line => line.text) };
  }
  return open.at(-1)?.properties && isFrame(lines[at]?.text ?? '') ? { records: [], taken: 1 } : undefined;
}

/** Of an object without a line, in place of a column: nothing stands below it. */
const withoutLine = Number.POSITIVE_INFINITY;

/** True where the property is of an object that stands on no line: no object came yet, or one that has its own of that key. */
function isOfAnother(open: readonly Growing[], key: string): boolean {
  const last = open.at(-1);
  return last === undefined || (last.column === withoutLine && last.properties?.has(key) === true);
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
    const entry = cutNode.test(whole) ? unknownNode : readRegistryNode(whole.slice(column));
    // What was cut ends with its line.
    if (entry && (taken === 1 || !entry.className.endsWith(cutOff))) return { entry, taken };
    if (/^[| ]*(\+-o |[{}]|")/.test(lines[at + taken]?.text ?? '{')) return undefined;
  }
  return undefined;
}

/** A property; a text value may hold line ends, and then takes several lines. */
function takeProperty(lines: readonly Line[], at: number) {
  const line = lines[at]?.text ?? '';
  const match = propertyLine.exec(line);
  if (!match) return takeCutProperty(line);
  const [, key = '', first = ''] = match;
  const more = first.startsWith('"') && !/^".*["$]$/.test(first.trimEnd()) ? linesToQuote(lines, at + 1) : [];
  const value = readPropertyValue([first, ...more].join('\n').trimEnd());
  return { key, value, taken: 1 + more.length };
}

function takeCutProperty(line: string) {
  const [, key, quote] = cutProperty.exec(line) ?? [];
  return key === undefined ? undefined : { key: quote === '' ? `${key}${cutOff}` : key, value: { raw: '$' }, taken: 1 };
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
