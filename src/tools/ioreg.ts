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
import { type Line, parseBlocks } from './lines.ts';
import { isNoise } from './noise.ts';
import type { ParsedText } from './parsedText.ts';
import { readPropertyValue } from './propertyValueText.ts';
import { readRegistryNode } from './registryNode.ts';

const propertyLine = /^[| ]*"(.*?)" = (.*)$/;

/** An object whose properties and children may still come. */
interface Growing {
  readonly column: number;
  readonly properties: Map<string, PropertyValue>;
  readonly children: RegistryEntry[];
}

/** The roots of the trees in the text. A line between the objects that is no property is not understood. */
export function parseIoregTree(text: string): ParsedText<RegistryEntry> {
  const roots: RegistryEntry[] = [];
  const open: Growing[] = [];
  const take = (lines: readonly Line[], at: number) => {
    const node = takeNode(lines, at);
    if (node) grow(node, open, roots);
    const taken = node?.taken ?? addTo(open.at(-1), lines, at);
    return taken === 0 ? undefined : { records: roots.splice(0), taken };
  };
  return parseBlocks(text, take, isNotice);
}

/** Puts an object below the nearest open one that stands further left, or among the roots. */
function grow({ column, entry }: Node, open: Growing[], roots: RegistryEntry[]): void {
  while ((open.at(-1)?.column ?? -1) >= column) open.pop();
  const properties = new Map<string, PropertyValue>();
  const children: RegistryEntry[] = [];
  (open.at(-1)?.children ?? roots).push({ ...entry, properties, children });
  open.push({ column, properties, children });
}

/** How many of the lines belong to the object that came last: a property or a line that draws the tree. */
function addTo(object: Growing | undefined, lines: readonly Line[], at: number): number {
  if (!object) return 0;
  const property = takeProperty(lines, at);
  if (!property) return isFrame(lines[at]?.text ?? '') ? 1 : 0;
  object.properties.set(property.key, property.value);
  return property.taken;
}

/** In an excerpt that starts inside an object, its remaining properties belong to nothing that can be named. */
function isNotice(text: string): boolean {
  return isNoise(text) || isFrame(text) || propertyLine.test(text);
}

/** A line that only draws the tree or holds an object's properties together. */
function isFrame(text: string): boolean {
  return /^[| ]*[{}]?\s*$/.test(text);
}

interface Node {
  readonly column: number;
  readonly entry: Omit<RegistryEntry, 'properties' | 'children'>;
  readonly taken: number;
}

function takeNode(lines: readonly Line[], at: number): Node | undefined {
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
  const match = propertyLine.exec(lines[at]?.text ?? '');
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
