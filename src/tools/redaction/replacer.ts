import type { Reach } from './original.ts';
import { withCaseOf } from './standIns.ts';
import { escapedXml } from './xmlText.ts';

/** A text and what stands for it. */
export interface Replacing {
  readonly original: string;
  readonly standIn: string;
  readonly reach: Exclude<Reach, 'place'>;
  /** Told of every occurrence. */
  readonly found: () => void;
}

interface Bucket {
  /** Lengths of the originals in it, the longest first. */
  readonly lengths: readonly number[];
  readonly byText: ReadonlyMap<string, Replacing>;
}

/**
 * Replaces all of them in one pass over a text, whatever their case, the longest that fits first. Linear: a place is
 * looked at closer only where the first two characters of an original stand. The base64 of an archive is no text.
 */
export function replacer(all: readonly Replacing[]): (text: string) => string {
  const buckets = bucketsOf(all.flatMap(spellings));
  const replace = replaceIn(buckets);
  return text =>
    text
      .split(/(<data>[^<]*)/)
      .map(piece => (piece.startsWith('<data>') ? piece : replace(piece)))
      .join('');
}

function replaceIn(buckets: ReadonlyMap<number, Bucket>): (text: string) => string {
  return text => {
    const lower = inSmallLetters(text);
    let out = '';
    let from = 0;
    for (let at = 0; at < lower.length - 1; at += 1) {
      const bucket = buckets.get(startOf(lower, at));
      const replacing = bucket && fitting(bucket, lower, at);
      if (!replacing) continue;
      const end = at + replacing.original.length;
      out += text.slice(from, at) + withCaseOf(replacing.standIn, text.slice(at, end));
      replacing.found();
      from = end;
      at = end - 1;
    }
    return out + text.slice(from);
  };
}

/** As it stands in plain text, in XML and in JSON whose slashes are escaped. */
function spellings(replacing: Replacing): readonly Replacing[] {
  const { original, standIn } = replacing;
  const written = [original, escapedXml(original), escapedJson(original)];
  const stands = [standIn, escapedXml(standIn), escapedJson(standIn)];
  return written
    .map((text, at) => ({ ...replacing, original: text, standIn: stands[at] ?? standIn }))
    .filter(({ original: text }, at) => text.length > 1 && written.indexOf(text) === at);
}

function escapedJson(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/');
}

function bucketsOf(all: readonly Replacing[]): ReadonlyMap<number, Bucket> {
  const byStart = Map.groupBy(all, ({ original }) => startOf(inSmallLetters(original), 0));
  return new Map([...byStart].map(([start, group]) => [start, bucketOf(group)]));
}

function bucketOf(group: readonly Replacing[]): Bucket {
  const lengths = [...new Set(group.map(({ original }) => original.length))].toSorted((a, b) => b - a);
  return { lengths, byText: new Map(group.map(each => [inSmallLetters(each.original), each])) };
}

function fitting({ lengths, byText }: Bucket, lower: string, at: number): Replacing | undefined {
  for (const length of lengths) {
    const replacing = byText.get(lower.slice(at, at + length));
    if (
      replacing &&
      (replacing.reach === 'everywhere' || isWord(lower, at, at + length) || isMangled(lower, at, length))
    )
      return replacing;
  }
  return undefined;
}

function isWord(text: string, from: number, end: number): boolean {
  return !/[\w$]/.test(text.charAt(from - 1)) && !/[\w$]/.test(text.charAt(end));
}

/** A name within a mangled one of C++ has its length before it: `__ZN5Hoist5startEv`. */
function isMangled(text: string, at: number, length: number): boolean {
  // The name before it may end in a digit.
  return text.endsWith(String(length), at);
}

function startOf(text: string, at: number): number {
  return text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1);
}

/** Small letters of the same length: a few letters of Unicode would become two. */
function inSmallLetters(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}
