/**
 * Property lists of the old style, as Xcode writes project.pbxproj (the grammar of CFOldStylePList.c):
 *   // !$*UTF8*$!
 *   { isa = PBXProject; name = "Turbine \"two\""; }           a dict; a key may be quoted
 *   ( 4A01, "two words", )                                    an array; a comma may stand at its end
 *   buildSettings = { ARCHS = x86_64; };                      a string without quotes has letters, digits and _ $ / : . -
 *   4A01 // Turbine.cpp in Sources                            comments between any two words, also those of C
 *   <0fbd77 1c2735ae>                                         data
 */
import { excerpt } from './excerpt.ts';
import { OpenStepWords, type Word } from './openStepWords.ts';
import type { PropertyList, PropertyListProblem } from './propertyList.ts';
import type { DictEntry, PropertyListNode } from './propertyListNode.ts';

const deepest = 256;

/**
 * Reads a property list of the old style with the place of every key and value. Any text gives a result. Of a key that
 * comes twice the later value counts. `file` only goes into the positions.
 */
export function parseOpenStepPropertyList(text: string, file: string): PropertyList | PropertyListProblem {
  const words = new OpenStepWords(text, file);
  try {
    const root = readValue(words, words.next(), 0);
    const more = words.next();
    return more.kind === 'end' ? { file, root } : unexpected(more, 'the end of the file');
  } catch (error) {
    if (error instanceof Misplaced) return unexpected(error.word, error.expected);
    throw error;
  }
}

/** Ends the reading; never leaves this file. */
class Misplaced extends Error {
  readonly word: Word;
  readonly expected: string;
  constructor(word: Word, expected: string) {
    super(expected);
    this.word = word;
    this.expected = expected;
  }
}

function unexpected({ kind, text, position }: Word, expected: string): PropertyListProblem {
  const found = kind === 'end' ? 'the end of the file' : kind === 'broken' ? text : `"${excerpt(text)}"`;
  return { problem: `is malformed: found ${found}; expected ${expected}`, position };
}

function readValue(words: OpenStepWords, word: Word, depth: number): PropertyListNode {
  if (depth > deepest) throw new Misplaced(word, `values nested at most ${deepest} levels deep`);
  const { position } = word;
  if (word.kind === 'string') return { kind: 'string', value: word.text, position };
  if (word.kind === 'data')
    return { kind: 'data', value: new Uint8Array(Buffer.from(word.text.replace(/\s/g, ''), 'hex')), position };
  if (word.text === '{') return { kind: 'dict', entries: readEntries(words, depth), position };
  if (word.text === '(') return { kind: 'array', items: readItems(words, depth), position };
  throw new Misplaced(word, 'a value');
}

function readEntries(words: OpenStepWords, depth: number): Map<string, DictEntry> {
  const entries = new Map<string, DictEntry>();
  for (let key = words.next(); key.text !== '}' || key.kind !== 'mark'; key = words.next()) {
    if (key.kind !== 'string') throw new Misplaced(key, 'a key or }');
    const sign = words.next();
    // `key;` is short for a key whose value is its name.
    const isShort = isMark(sign, ';');
    if (!isShort && !isMark(sign, '=')) throw new Misplaced(sign, `= after the key "${excerpt(key.text)}"`);
    const value = readValue(words, isShort ? key : words.next(), depth + 1);
    entries.set(key.text, { key: key.text, keyPosition: key.position, value });
    const end = isShort ? sign : words.next();
    if (!isMark(end, ';')) throw new Misplaced(end, `; after the value of "${excerpt(key.text)}"`);
  }
  return entries;
}

function readItems(words: OpenStepWords, depth: number): PropertyListNode[] {
  const items: PropertyListNode[] = [];
  for (let word = words.next(); !isMark(word, ')'); word = words.next()) {
    items.push(readValue(words, word, depth + 1));
    const sign = words.next();
    if (isMark(sign, ')')) break;
    if (!isMark(sign, ',')) throw new Misplaced(sign, ', or )');
  }
  return items;
}

function isMark(word: Word, text: string): boolean {
  return word.kind === 'mark' && word.text === text;
}
