import { lastAnswer } from '../text/lastAnswer.ts';
import type { Line } from '../text/lines.ts';

/** An .ips file of a panic: its two JSON documents as far as they are not the panic itself. */
export interface PanicIps {
  /** What the kernel wrote, its lines in order: macOS's own, then that of the T2's bridgeOS. */
  readonly panicStrings: readonly string[];
  readonly report: ReadonlyMap<string, string>;
  /** How many lines the file takes. */
  readonly taken: number;
}

const panicKeys = ['macOSPanicString', 'panicString'] as const;

/**
 * Takes the .ips file that starts at `lines[at]`: a header of one line and a body, or a body alone; undefined where none does.
 */
export function panicIpsTaker(): (lines: readonly Line[], at: number) => PanicIps | undefined {
  const parse = lastAnswer(parsed);
  return (lines, at) => {
    const first = takeObject(lines, at, parse);
    if (!first) return undefined;
    const alone = ips([first]);
    if (alone) return alone;
    if (first.taken > 1) return undefined;
    const body = takeObject(lines, at + 1, parse);
    return body && ips([first, body]);
  };
}

interface JsonObject {
  readonly members: Readonly<Record<string, unknown>>;
  readonly taken: number;
}

function takeObject(lines: readonly Line[], at: number, parse: (text: string) => unknown): JsonObject | undefined {
  const taken = objectLength(lines, at);
  if (taken === undefined) return undefined;
  const text = lines
    .slice(at, at + taken)
    .map(line => line.text)
    .join('\n');
  const value = parse(text);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { members: value as Record<string, unknown>, taken } : undefined;
}

/** An object stands on one line, or ends on the first line that is a brace alone. Another start means that it has no end. */
function objectLength(lines: readonly Line[], at: number): number | undefined {
  const first = lines[at]?.text.trimEnd() ?? '';
  if (!first.startsWith('{')) return undefined;
  if (first.endsWith('}')) return 1;
  for (let next = at + 1; ; next += 1) {
    const text = lines[next]?.text;
    if (text === undefined || text.startsWith('{')) return undefined;
    if (text.trimEnd() === '}') return next - at + 1;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ips(documents: readonly JsonObject[]): PanicIps | undefined {
  if (!documents.some(({ members }) => panicKeys.some(key => Object.hasOwn(members, key)))) return undefined;
  const members = documents.flatMap(document => Object.entries(document.members));
  const isPanic = ([key, value]: readonly [string, unknown]) => panicKeys.some(name => name === key) && isText(value);
  const panicStrings = panicKeys.flatMap(name => members.flatMap(([key, value]) => (key === name ? [value] : [])));
  const strings = panicStrings.filter(isText);
  const report = reported(members.filter(member => !isPanic(member)));
  if (strings.length === 0 || !report) return undefined;
  return { panicStrings: strings, report, taken: documents.reduce((sum, { taken }) => sum + taken, 0) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** undefined where a member is nested too deep to be written down again. */
function reported(members: readonly (readonly [string, unknown])[]): ReadonlyMap<string, string> | undefined {
  try {
    return new Map(members.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
  } catch {
    return undefined;
  }
}
