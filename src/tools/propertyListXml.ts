/**
 * The XML property lists that macOS tools print (plist(5)). The I/O Registry's numbers have 64 bits and its archives are
 * megabytes long: so this reads integers exactly, without building a document, and without recursion.
 */
import type { PropertyValue } from '../model/registryEntry.ts';

/** What was read, and where it ended; or why it could not be read, and where. Offsets count characters. */
export type PropertyListRead =
  | { readonly value: PropertyValue; readonly end: number }
  | { readonly problem: string; readonly at: number };

/** A dictionary or array that is still open. `key` waits for its value. */
interface Open {
  readonly tag: 'plist' | 'dict' | 'array';
  readonly items: PropertyValue[];
  readonly dictionary: Map<string, PropertyValue>;
  key: string | undefined;
}

class Malformed extends Error {
  readonly at: number;
  constructor(problem: string, at: number) {
    super(problem);
    this.at = at;
  }
}

// ioreg nests two elements for each level of its tree, which has a few dozen.
const deepest = 1000;

/** Reads the `<plist>` element that starts at `start`. Reals and dates keep their text. */
export function readPropertyListXml(text: string, start: number): PropertyListRead {
  try {
    return read(text, start);
  } catch (error) {
    if (error instanceof Malformed) return { problem: error.message, at: error.at };
    throw error;
  }
}

function read(text: string, start: number): PropertyListRead {
  const open: Open[] = [];
  const tag = /<(\/?)([A-Za-z]+)(?:\s[^<>]*?)?(\/?)>/y;
  const skipped = /(?:\s+|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>)*/y;
  for (let at = start; ; ) {
    at += matchAt(skipped, text, at)?.[0].length ?? 0;
    const found = matchAt(tag, text, at);
    if (!found) throw notATag(text, at, open.at(-1));
    const [whole, closing, name = '', empty] = found;
    const behind = at + whole.length;
    const innermost = open.at(-1);
    if (innermost && !closing && !isContainer(name)) {
      at = readLeaf(text, innermost, { name, at, behind, empty: empty !== '' });
      continue;
    }
    if (!closing) openContainer(open, name, at);
    else if (innermost?.tag !== name) throw new Malformed(`</${name}> closes nothing`, at);
    at = behind;
    if (!closing && !empty) continue;
    const value = closed(open.pop(), behind);
    const outer = open.at(-1);
    if (!outer) return { value, end: behind };
    put(outer, value, behind);
  }
}

function openContainer(open: Open[], name: string, at: number): void {
  if (open.length === 0 && name !== 'plist') throw new Malformed(`<${name}> where <plist> belongs`, at);
  if (open.length === deepest) throw new Malformed('nested too deeply', at);
  open.push({ tag: name as Open['tag'], items: [], dictionary: new Map(), key: undefined });
}

/** Reads an element that holds no others into `outer`, and gives where it ends. */
function readLeaf(
  text: string,
  outer: Open,
  { name, at, behind, empty }: { name: string; at: number; behind: number; empty: boolean },
): number {
  const { content, end } = empty ? { content: '', end: behind } : contentOf(text, behind, name);
  if (name === 'key') putKey(outer, content, at);
  else put(outer, leafValue(name, content, at), at);
  return end;
}

function isContainer(name: string): boolean {
  return name === 'dict' || name === 'array';
}

function notATag(text: string, at: number, innermost: Open | undefined): Malformed {
  if (at >= text.length || text.indexOf('>', at) === -1)
    return new Malformed(innermost ? `it ends inside <${innermost.tag}>` : 'it has no <plist>', text.length);
  return new Malformed(`"${text.slice(at, at + 20).split('\n')[0]}" where an element belongs`, at);
}

function closed(container: Open | undefined, at: number): PropertyValue {
  if (!container) throw new Malformed('nothing is open', at);
  const { tag, items, dictionary, key } = container;
  if (key !== undefined) throw new Malformed(`the key "${key}" has no value`, at);
  if (tag === 'dict') return { dictionary };
  if (tag === 'array') return items;
  const value = items[0];
  if (value === undefined || items.length > 1) throw new Malformed('<plist> does not hold one value', at);
  return value;
}

function put(outer: Open, value: PropertyValue, at: number): void {
  if (outer.tag !== 'dict') outer.items.push(value);
  else if (outer.key === undefined) throw new Malformed('a value without a key', at);
  else {
    outer.dictionary.set(outer.key, value);
    outer.key = undefined;
  }
}

function putKey(outer: Open, key: string, at: number): void {
  if (outer.tag !== 'dict' || outer.key !== undefined) throw new Malformed('a key where a value belongs', at);
  outer.key = key;
}

function contentOf(text: string, at: number, name: string): { content: string; end: number } {
  const close = `</${name}>`;
  const end = text.indexOf(close, at);
  if (end === -1) throw new Malformed(`it ends inside <${name}>`, text.length);
  const content = text.slice(at, end);
  if (/</.test(content.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, '')))
    throw new Malformed(`an element inside <${name}>`, at);
  return { content: decoded(content), end: end + close.length };
}

function leafValue(name: string, content: string, at: number): PropertyValue {
  const trimmed = content.trim();
  switch (name) {
    case 'string':
      return content;
    case 'integer':
      if (!/^[+-]?\d+$|^0x[0-9a-fA-F]+$/.test(trimmed)) throw new Malformed(`"${trimmed}" is no integer`, at);
      return BigInt(trimmed.replace(/^\+/, ''));
    case 'true':
      return true;
    case 'false':
      return false;
    case 'data':
      return bytes(trimmed, at);
    case 'real':
    case 'date':
      return { raw: trimmed };
    default:
      throw new Malformed(`<${name}> is no element of a property list`, at);
  }
}

function bytes(base64: string, at: number): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  } catch {
    throw new Malformed('<data> is not in base 64', at);
  }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(content: string): string {
  return content.replaceAll(
    /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|&(#x?[0-9a-fA-F]+|\w+);/g,
    (all, cdata, entity) => {
      if (entity === undefined) return cdata ?? '';
      if (!entity.startsWith('#')) return Object.hasOwn(entities, entity) ? (entities[entity] ?? all) : all;
      const code = Number(entity[1] === 'x' ? `0${entity.slice(1)}` : entity.slice(1));
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
