import { DOMParser, type Element } from '@xmldom/xmldom';
import type { SourcePosition } from '../model/sourcePosition.ts';
import { excerpt } from './excerpt.ts';
import { lineAndColumn } from './textPosition.ts';
import { findMalformation } from './xmlMalformation.ts';

/** Why a text is not what it should be, with its place; `problem` reads on from the file's name. */
export interface XmlProblem {
  readonly problem: string;
  readonly position: SourcePosition;
}

/** An XML text that was read. */
export interface XmlDocument {
  /** The text as places in it count: without a byte order mark, every line ended by a line feed. */
  readonly source: string;
  readonly outermost: Element;
}

/**
 * Reads an XML text. Any text gives a result: nothing is thrown, nothing is printed, and no entities but XML's own are expanded.
 * `expected` says what it should be, as `an XML property list`; `file` only goes into the positions.
 */
export function readXml(text: string, file: string, expected: string): XmlDocument | XmlProblem {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (!source.trimStart().startsWith('<')) {
    const found = source.trim() === '' ? 'is empty' : `begins with "${excerpt(source)}"`;
    return { problem: `${found}; expected ${expected}`, position: { file, line: 1, column: 1 } };
  }
  const malformation = findMalformation(source);
  if (malformation !== undefined) {
    const position = { file, ...lineAndColumn(source, malformation.offset) };
    return { problem: `is malformed: ${malformation.message}`, position };
  }
  let reported: string | undefined;
  let place = { line: 1, column: 1 };
  const onError = (_level: string, message: string, context: unknown) => {
    reported ??= `is malformed XML: ${message.replace(/\s+/g, ' ')}`;
    place = locatorOf(context) ?? place;
    throw new Error(message);
  };
  try {
    const parser = new DOMParser({ onError, normalizeLineEndings: lines => lines });
    const outermost = parser.parseFromString(source, 'text/xml').documentElement;
    if (outermost !== null) return { source, outermost };
  } catch {
    // The reason is in `reported`, or it is one that the parser keeps to itself.
  }
  return { problem: reported ?? 'is malformed XML', position: { file, ...place } };
}

function locatorOf(context: unknown): { line: number; column: number } | undefined {
  const { locator } = (context ?? {}) as { locator?: { lineNumber?: number; columnNumber?: number } };
  return locator?.lineNumber ? { line: locator.lineNumber, column: locator.columnNumber ?? 1 } : undefined;
}
