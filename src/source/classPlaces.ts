import type { SourcePosition } from '../model/sourcePosition.ts';
import { findClassHeads } from './classHeads.ts';
import { maskSource } from './maskedSource.ts';

/** A class as it was found before: its name in the source, and where that stood. */
export interface KnownClass {
  readonly sourceName: string;
  readonly declaration: SourcePosition;
}

/** The name in a macro that declares or defines a class (libkern/c++/OSMetaClass.h). */
const macro = /\bOS(?:Declare|DefineMetaClass)\w*\s*\(\s*([A-Za-z_]\w*)/g;

/**
 * Where a text, perhaps an edited one, has the names of classes that were found in the same file before, in their order: on its
 * `class` line, or where it has none in its macro; of several places the one nearest to the known line. undefined where there is none.
 */
export function classPlaces(text: string, known: readonly KnownClass[]): readonly (SourcePosition | undefined)[] {
  const { code } = maskSource(text);
  const heads = Map.groupBy(linesOf(text, headsIn(code)), ({ name }) => name);
  const macros = Map.groupBy(linesOf(text, macrosIn(code)), ({ name }) => name);
  return known.map(({ sourceName, declaration: { file, line } }) => {
    const places = heads.get(sourceName) ?? macros.get(sourceName) ?? [];
    const [nearest] = places.toSorted((one, other) => Math.abs(one.line - line) - Math.abs(other.line - line));
    if (nearest === undefined) return undefined;
    return { file, line: nearest.line, column: nearest.column, endColumn: nearest.column + sourceName.length };
  });
}

interface Named {
  readonly name: string;
  readonly offset: number;
}

function headsIn(code: string): readonly Named[] {
  return findClassHeads(code).map(({ name, nameOffset }) => ({ name, offset: nameOffset }));
}

function macrosIn(code: string): readonly Named[] {
  return [...code.matchAll(macro)].map(({ 0: whole, 1: name = '', index }) => ({
    name,
    offset: index + whole.length - name.length,
  }));
}

/** Names in the order of the text, each with its line and column, counted from 1. */
function linesOf(
  text: string,
  names: readonly Named[],
): readonly (Named & { readonly line: number; readonly column: number })[] {
  let [line, start] = [1, 0];
  return names.map(named => {
    for (let end = text.indexOf('\n', start); end !== -1 && end < named.offset; end = text.indexOf('\n', start)) {
      line += 1;
      start = end + 1;
    }
    return { ...named, line, column: named.offset - start + 1 };
  });
}
