import type { SourcePosition } from '../model/sourcePosition.ts';
import { type ClassHead, enclosingClass, findClassHeads } from './classHeads.ts';
import type { KnownMacros } from './conditions.ts';
import { MacroNames } from './macroNames.ts';
import { type MaskedSource, maskSource } from './maskedSource.ts';
import { positionOf } from './positionOf.ts';

/** A source file that was read. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** A libkern class in the developer's source. */
export interface ClassDeclaration {
  /** The name at run time: the one in the macros, after the preprocessor. */
  readonly name: string;
  /** The name on its `class` line. */
  readonly sourceName: string;
  /** The direct superclass at run time; undefined where neither its macro nor its `class` line says it. */
  readonly superclass: string | undefined;
  /** Objects of an abstract class are only counted by its subclasses; a final class has none. */
  readonly kind: 'default' | 'abstract' | 'final';
  /** The name on the `class` line; in the OSDefine macro where that line is in none of the files. */
  readonly declaration: SourcePosition;
  /** The name in the OSDefineMetaClass… macro. */
  readonly definition?: SourcePosition;
}

interface File {
  readonly source: SourceText;
  readonly masked: MaskedSource;
}

interface Definition {
  readonly kind: ClassDeclaration['kind'];
  readonly sourceName: string;
  readonly superclass: string | undefined;
  readonly position: SourcePosition;
}

const declareMacro = /\bOSDeclare(Default|Abstract|Final)Structors(?:WithDispatch\w*)?\s*\(\s*([A-Za-z_]\w*)\s*\)/g;
const defineMacro =
  /\bOSDefineMetaClass(?:And(Abstract|Final)?Structors)?(?:With(?:InitAndZone|Init|Zone))?\s*\(\s*([A-Za-z_]\w*)\s*,\s*((?:::)?[A-Za-z_]\w*(?:\s*::\s*\w+)*)/g;

/**
 * The libkern classes that C++ texts declare, in the order of the texts: a match of the OSDeclare…Structors and
 * OSDefineMetaClass… macros (libkern/c++/OSMetaClass.h), not a parse. Renames are followed through object-like macros
 * of the texts and `defines` (what is known of the build's own), and what is left out by those is none. Not found: declarations that a macro of the project
 * makes. Of a class that comes twice the first counts.
 */
export function findClassDeclarations(
  sources: readonly SourceText[],
  defines: KnownMacros = new Map(),
): readonly ClassDeclaration[] {
  const known = withoutThoseOf(sources, defines);
  const files = sources.map(source => ({ source, masked: maskSource(source.text, known) }));
  const names = new MacroNames(
    files.map(({ source, masked }) => ({ file: source.file, macros: masked.macros })),
    defines,
  );
  const definitions = new Map<string, Definition>();
  for (const file of files) collectDefinitions(file, names, definitions);
  const found = new Map<string, ClassDeclaration>();
  for (const file of files) collectDeclarations(file, names, definitions, found);
  for (const [name, { kind, sourceName, superclass, position }] of definitions)
    if (!found.has(name))
      found.set(name, { name, sourceName, superclass, kind, declaration: position, definition: position });
  return [...found.values()];
}

/** What a text may define although the build does not is not known. */
function withoutThoseOf(sources: readonly SourceText[], defines: KnownMacros): KnownMacros {
  const names = [...defines].flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (names.length === 0) return defines;
  // Names first: looking for them is quick, and few stand anywhere.
  const definition = new RegExp(`\\b(${names.join('|')})\\b(?<=#[ \\t]*define[ \\t]+\\w+)`, 'g');
  const written = new Set(sources.flatMap(({ text }) => [...text.matchAll(definition)].map(([, name]) => name)));
  return new Map([...defines].filter(([name]) => !written.has(name)));
}

function collectDefinitions({ source, masked }: File, names: MacroNames, into: Map<string, Definition>): void {
  for (const match of masked.code.matchAll(defineMacro)) {
    const [whole, kind, token, superclass] = match;
    if (token === undefined || superclass === undefined) continue;
    const name = names.expand(token, source.file, match.index);
    if (into.has(name)) continue;
    into.set(name, {
      kind: kindOf(kind),
      sourceName: token,
      superclass: runtimeSuperclass(superclass, names, source.file, match.index),
      position: positionOf(source, match.index + whole.indexOf(token, whole.indexOf('(')), token.length),
    });
  }
}

function collectDeclarations(
  { source, masked }: File,
  names: MacroNames,
  definitions: ReadonlyMap<string, Definition>,
  into: Map<string, ClassDeclaration>,
): void {
  const heads = findClassHeads(masked.code);
  for (const match of masked.code.matchAll(declareMacro)) {
    const [whole, kind, token] = match;
    if (token === undefined) continue;
    const name = names.expand(token, source.file, match.index);
    if (into.has(name)) continue;
    const definition = definitions.get(name);
    const head: Pick<ClassHead, 'name' | 'nameOffset' | 'base'> = enclosingClass(heads, match.index) ?? {
      name: token,
      nameOffset: match.index + whole.indexOf(token, whole.indexOf('(')),
      base: undefined,
    };
    const base =
      head.base === undefined ? undefined : runtimeSuperclass(head.base, names, source.file, head.nameOffset);
    into.set(name, {
      name,
      sourceName: head.name,
      superclass: definition?.superclass ?? base,
      kind: definition?.kind ?? kindOf(kind),
      declaration: positionOf(source, head.nameOffset, head.name.length),
      ...(definition === undefined ? {} : { definition: definition.position }),
    });
  }
}

/** undefined for a `super` that no macro before it explains: a typedef in the class, which repeats the `class` line. */
function runtimeSuperclass(written: string, names: MacroNames, file: string, offset: number): string | undefined {
  const last = written.split('::').at(-1)?.trim() ?? written;
  const name = names.expand(last, file, offset);
  return name === 'super' ? undefined : name;
}

function kindOf(word: string | undefined): ClassDeclaration['kind'] {
  if (word === 'Abstract') return 'abstract';
  return word === 'Final' ? 'final' : 'default';
}
