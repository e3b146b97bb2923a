import type { Element, Node } from '@xmldom/xmldom';
import type { SourcePosition } from '../model/sourcePosition.ts';
import { excerpt } from './excerpt.ts';
import type { DictEntry, PropertyListNode } from './propertyListNode.ts';
import { dataValue, dateValue, integerValue, realValue, type ValueProblem } from './propertyListValues.ts';
import { readXml } from './xmlDocument.ts';

/** A property list that was read. */
export interface PropertyList {
  readonly file: string;
  readonly root: PropertyListNode;
}

/**
 * Why a text is no property list, with its place. `problem` says what was found and what was expected, and reads on
 * from the file's name: `Info.plist` + ` is empty; …`.
 */
export interface PropertyListProblem {
  readonly problem: string;
  readonly position: SourcePosition;
}

const deepest = 256;

/**
 * Reads an XML property list (plist(5)) with the place of every key and value. Any text gives a result: nothing is
 * thrown, and nothing is printed. `file` only goes into the positions.
 */
export function parsePropertyList(text: string, file: string): PropertyList | PropertyListProblem {
  if (/^\uFEFF?bplist/.test(text))
    return {
      problem: 'is a binary property list; convert it with plutil -convert xml1',
      position: { file, line: 1, column: 1 },
    };
  const document = readXml(text, file, 'an XML property list');
  if ('problem' in document) return document;
  try {
    return { file, root: new Reader(document.source, file).root(document.outermost) };
  } catch (error) {
    if (error instanceof IllegalElement) return { problem: error.message, position: error.position };
    throw error;
  }
}

class IllegalElement extends Error {
  readonly position: SourcePosition;
  constructor(message: string, position: SourcePosition) {
    super(`is malformed: ${message}`);
    this.position = position;
  }
}

/** Turns elements into nodes; an element that is no part of a property list throws IllegalElement. */
class Reader {
  readonly #lines: readonly string[];
  readonly #file: string;

  constructor(source: string, file: string) {
    this.#lines = source.split('\n');
    this.#file = file;
  }

  root(outermost: Element): PropertyListNode {
    if (outermost.nodeName !== 'plist') return this.#node(outermost, 0);
    const [first, second] = this.#children(outermost);
    if (first === undefined) throw this.#illegal(outermost, 'found an empty <plist>; expected a value in it');
    if (second !== undefined)
      throw this.#illegal(second, `found a second value <${second.nodeName}> in <plist>; expected one`);
    return this.#node(first, 0);
  }

  #node(element: Element, depth: number): PropertyListNode {
    const position = this.#position(element);
    if (depth > deepest)
      throw this.#illegal(element, `found values nested more than ${deepest} levels deep; expected fewer`);
    switch (element.nodeName) {
      case 'dict':
        return { kind: 'dict', entries: this.#entries(element, depth), position };
      case 'array':
        return { kind: 'array', items: this.#children(element).map(child => this.#node(child, depth + 1)), position };
      case 'string':
        return { kind: 'string', value: this.#text(element), position };
      case 'true':
      case 'false':
        return { kind: 'boolean', value: element.nodeName === 'true', position };
      case 'integer':
        return { kind: 'integer', value: this.#legal(element, integerValue), position };
      case 'real':
        return { kind: 'real', value: this.#legal(element, realValue), position };
      case 'date':
        return { kind: 'date', value: this.#legal(element, dateValue), position };
      case 'data':
        return { kind: 'data', value: this.#legal(element, dataValue), position };
      case 'key':
        throw this.#illegal(
          element,
          'found a <key> where a value belongs; expected <string>, <dict>, <array> or the like',
        );
      default:
        throw this.#illegal(
          element,
          `found <${element.nodeName}>; expected one of <dict>, <array>, <string>, <integer>, <real>, <true/>, <false/>, <date>, <data>`,
        );
    }
  }

  #entries(dict: Element, depth: number): Map<string, DictEntry> {
    const entries = new Map<string, DictEntry>();
    const children = this.#children(dict);
    for (let index = 0; index < children.length; index += 2) {
      const keyElement = children[index];
      if (keyElement === undefined) break;
      if (keyElement.nodeName !== 'key')
        throw this.#illegal(keyElement, `found <${keyElement.nodeName}> without a key in <dict>; expected <key>`);
      const key = this.#text(keyElement);
      const valueElement = children[index + 1];
      if (valueElement === undefined || valueElement.nodeName === 'key')
        throw this.#illegal(keyElement, `found the key "${excerpt(key)}" without a value; expected one after it`);
      entries.set(key, {
        key,
        keyPosition: this.#position(keyElement),
        value: this.#node(valueElement, depth + 1),
      });
    }
    return entries;
  }

  #legal<T>(element: Element, read: (text: string) => T | ValueProblem): T {
    const value = read(this.#text(element));
    if (typeof value === 'object' && value !== null && 'problem' in value) throw this.#illegal(element, value.problem);
    return value as T;
  }

  #children(element: Element): Element[] {
    const children: Element[] = [];
    for (let child = element.firstChild; child !== null; child = child.nextSibling) {
      if (isElement(child)) children.push(child);
      else if (isText(child) && (child.nodeValue ?? '').trim() !== '')
        throw this.#illegal(
          element,
          `found the text "${excerpt(child.nodeValue ?? '')}" in <${element.nodeName}>; expected only elements`,
        );
    }
    return children;
  }

  #text(element: Element): string {
    let text = '';
    for (let child = element.firstChild; child !== null; child = child.nextSibling) {
      if (isElement(child))
        throw this.#illegal(child, `found <${child.nodeName}> in <${element.nodeName}>; expected text`);
      if (isText(child)) text += child.nodeValue ?? '';
    }
    return text;
  }

  #position(element: Element): SourcePosition {
    const line = element.lineNumber ?? 1;
    const column = element.columnNumber ?? 1;
    const rest = (this.#lines[line - 1] ?? '').slice(column - 1);
    const startTag = /^<[^>]*>/.exec(rest)?.[0] ?? rest;
    const closing = isContainer(element) || startTag.endsWith('/>') ? -1 : rest.indexOf(`</${element.nodeName}`);
    const closed = closing === -1 ? -1 : rest.indexOf('>', closing);
    return { file: this.#file, line, column, endColumn: column + (closed === -1 ? startTag.length : closed + 1) };
  }

  #illegal(element: Element, message: string): IllegalElement {
    return new IllegalElement(message, this.#position(element));
  }
}

function isContainer(element: Element): boolean {
  return element.nodeName === 'dict' || element.nodeName === 'array' || element.nodeName === 'plist';
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** Text or CDATA. */
function isText(node: Node): boolean {
  return node.nodeType === 3 || node.nodeType === 4;
}
