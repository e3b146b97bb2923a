/**
 * A property's value as ioreg(8) prints it: "text", Yes, No, 42, 0x2a, <00ff>, <"text","text">, (array), [set] and
 * {"key"=value}. Nothing in it is escaped, so a quote ends a text only where a value may end.
 */
import type { PropertyValue } from '../../model/registryEntry.ts';

interface Read {
  readonly value: PropertyValue;
  readonly end: number;
}

const deepest = 100;

/** The value; `{ raw }` for what has none of these forms, what the terminal's width cut included. */
export function readPropertyValue(text: string): PropertyValue {
  const quoted = /^"([\s\S]*)"$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  const read = readAt(text, 0, 0);
  return read?.end === text.length ? read.value : { raw: text };
}

function readAt(text: string, at: number, depth: number): Read | undefined {
  if (depth > deepest) return undefined;
  switch (text[at]) {
    case '"':
      return readText(text, at);
    case '<':
      return readData(text, at);
    case '(':
      return readList(text, at, ')', depth);
    case '[':
      return readList(text, at, ']', depth);
    case '{':
      return readDictionary(text, at, depth);
    default:
      return readWord(text, at);
  }
}

function readText(text: string, at: number): Read | undefined {
  const pattern = /"(?=[,)\]}>=]|$)/g;
  pattern.lastIndex = at + 1;
  const close = pattern.exec(text);
  return close ? { value: text.slice(at + 1, close.index), end: close.index + 1 } : undefined;
}

function readData(text: string, at: number): Read | undefined {
  if (text[at + 1] === '"') {
    const items = readItems(text, at + 1, '>', 0);
    return items && { value: items.values, end: items.end };
  }
  const end = text.indexOf('>', at);
  const bytes = end === -1 ? undefined : bytesOf(text.slice(at + 1, end));
  return bytes && { value: bytes, end: end + 1 };
}

function bytesOf(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0 || /[^0-9a-fA-F]/.test(hex)) return undefined;
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

function readList(text: string, at: number, close: string, depth: number): Read | undefined {
  if (text[at + 1] === close) return { value: [], end: at + 2 };
  const items = readItems(text, at + 1, close, depth + 1);
  return items && { value: items.values, end: items.end };
}

function readItems(text: string, start: number, close: string, depth: number) {
  const values: PropertyValue[] = [];
  for (let at = start; ; ) {
    const item = readAt(text, at, depth);
    if (!item) return undefined;
    values.push(item.value);
    if (text[item.end] === close) return { values, end: item.end + 1 };
    if (text[item.end] !== ',') return undefined;
    at = item.end + 1;
  }
}

function readDictionary(text: string, at: number, depth: number): Read | undefined {
  const dictionary = new Map<string, PropertyValue>();
  if (text[at + 1] === '}') return { value: { dictionary }, end: at + 2 };
  const pattern = /"([^"]*)"=/y;
  for (let next = at + 1; ; ) {
    pattern.lastIndex = next;
    const key = pattern.exec(text);
    const item = key ? readAt(text, pattern.lastIndex, depth + 1) : undefined;
    if (!key || !item) return undefined;
    dictionary.set(key[1] ?? '', item.value);
    if (text[item.end] === '}') return { value: { dictionary }, end: item.end + 1 };
    if (text[item.end] !== ',') return undefined;
    next = item.end + 1;
  }
}

function readWord(text: string, at: number): Read | undefined {
  const pattern = /Yes|No|0x[0-9a-fA-F]{1,16}|-?\d{1,20}/y;
  pattern.lastIndex = at;
  const word = pattern.exec(text)?.[0];
  if (word === undefined) return undefined;
  const value = word === 'Yes' ? true : word === 'No' ? false : integer(word);
  return { value, end: at + word.length };
}

function integer(word: string): bigint {
  return word.startsWith('-') ? -BigInt(word.slice(1)) : BigInt(word);
}
