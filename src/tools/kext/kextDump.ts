/**
 * The dictionaries that the kext tools show at `-v 6`, in a syntax of their own (IOKitUser, printPList_new.c). Accepted:
 *   Loaded kext info:
 *   {
 *   "org.sample.driver.Pump" = {
 *       "OSBundleLoadAddress" = -551890460672        (decimal and signed)
 *       "OSBundleUUID" = <655aa406 97024364 ...>     (16 bytes at most)
 *       "OSBundleStarted" = true
 *       "OSBundlePath" =
 *           "/Library/Extensions/Pump.kext"          (long texts stand on the next line)
 *       "OSBundleDependencies" = (
 *           5
 *       )
 *   }
 *   }
 */
import type { PropertyValue } from '../../model/registryEntry.ts';
import type { Line } from '../text/lines.ts';

/** A dictionary that a tool showed. One that ends before it is closed holds what came until then; a brace alone is none. */
export interface KextDump extends Line {
  readonly kind: 'dump';
  readonly by: 'tool';
  /** `Loaded kext info`; undefined where no title stands before it. */
  readonly title: string | undefined;
  readonly dictionary: ReadonlyMap<string, PropertyValue>;
}

interface Open {
  readonly closing: '}' | ')';
  readonly dictionary: Map<string, PropertyValue>;
  readonly items: PropertyValue[];
}

const deepest = 50;
// Every loaded kext has some twenty lines.
const longest = 20_000;
const longestText = 50;
const entry = /^"(.*?)" =(?: (.*))?$/;

/** The dictionary that starts at `lines[at]`, its title included, and how many lines it takes; undefined where none starts. */
export function takeKextDump(
  lines: readonly Line[],
  at: number,
): { readonly block: KextDump; readonly taken: number } | undefined {
  const first = lines[at];
  if (first === undefined) return undefined;
  const title = lines[at + 1]?.text === '{' ? /^(\S.*):$/.exec(first.text.trimEnd())?.[1] : undefined;
  if (title === undefined && first.text !== '{') return undefined;
  const head = title === undefined ? 1 : 2;
  const { dictionary, taken } = readEntries(lines, at + head);
  // A brace alone may be anything's.
  if (title === undefined && taken === 0) return undefined;
  const own = lines.slice(at, at + head + taken);
  const text = own.map(line => line.text).join('\n');
  return { block: { kind: 'dump', by: 'tool', title, dictionary, line: first.line, text }, taken: own.length };
}

/** What stands behind the opening brace, up to and with its closing one. */
function readEntries(lines: readonly Line[], from: number): { dictionary: Map<string, PropertyValue>; taken: number } {
  const outermost: Open = { closing: '}', dictionary: new Map(), items: [] };
  const open = [outermost];
  let taken = 0;
  while (taken < longest) {
    const innermost = open.at(-1);
    const text = lines[from + taken]?.text.trim();
    if (innermost === undefined || text === undefined) break;
    if (text === innermost.closing) {
      open.pop();
      taken += 1;
      continue;
    }
    const value = takeEntry(lines, from + taken, text, innermost);
    if (value === undefined) break;
    taken += value.taken;
    if (value.opens && open.push(value.opens) > deepest) break;
  }
  return { dictionary: outermost.dictionary, taken };
}

/** Puts what the line holds into the dictionary or array around it; undefined where it holds nothing of either. */
function takeEntry(lines: readonly Line[], at: number, text: string, into: Open): TakenValue | undefined {
  const [, key, rest = ''] = (into.closing === '}' && entry.exec(text)) || [undefined, undefined, text];
  if (key === undefined && into.closing === '}') return undefined;
  const value = takeValue(lines, at, rest.trim());
  if (value === undefined) return undefined;
  if (key === undefined) into.items.push(value.value);
  else into.dictionary.set(key, value.value);
  return value;
}

interface TakenValue {
  readonly value: PropertyValue;
  readonly taken: number;
  readonly opens?: Open;
}

/** The value that begins with `text` on the line; an empty one stands on the next line. */
function takeValue(lines: readonly Line[], at: number, text: string): TakenValue | undefined {
  if (text === '{' || text === '(') {
    const opens: Open = { closing: text === '{' ? '}' : ')', dictionary: new Map(), items: [] };
    return { value: text === '{' ? { dictionary: opens.dictionary } : opens.items, taken: 1, opens };
  }
  if (text !== '' && !text.startsWith('"')) return { value: bareValue(text), taken: 1 };
  const next = text === '' ? 1 : 0;
  const begun = next === 1 ? (lines[at + 1]?.text.trim() ?? '') : text;
  return begun.startsWith('"') ? takeText(lines, at, next, begun) : undefined;
}

/** A text is not escaped: it goes on until a line ends in a quote. */
function takeText(lines: readonly Line[], at: number, next: number, begun: string): TakenValue | undefined {
  let text = begun;
  for (let taken = next + 1; taken <= longestText; taken += 1) {
    if (text.length > 1 && text.endsWith('"')) return { value: text.slice(1, -1), taken };
    const more = lines[at + taken]?.text;
    if (more === undefined) return undefined;
    text += `\n${more.trimEnd()}`;
  }
  return undefined;
}

function bareValue(text: string): PropertyValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d{1,20}$/.test(text)) return BigInt(text);
  const hex = /^<([0-9a-f ]*)>$/i.exec(text)?.[1]?.replaceAll(' ', '');
  if (hex === undefined || hex.length % 2 !== 0) return { raw: text };
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}
