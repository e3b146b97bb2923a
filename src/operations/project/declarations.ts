import { basename, extname } from 'node:path';
import type { TargetSources } from '../../bundle/xcodeFiles.ts';
import type { SourcePosition } from '../../model/sourcePosition.ts';
import { type ClassDeclaration, findClassDeclarations, type SourceText } from '../../source/classDeclarations.ts';
import type { KnownMacros } from '../../source/conditions.ts';
import { functionPosition } from '../../source/functionPosition.ts';
import { listSourceFiles, readSourceFile, readSourceFiles } from '../../source/sourceFiles.ts';
import { isCompiled, isOwnSource } from './ownSources.ts';

export { classPlaces } from '../../source/classPlaces.ts';

/** Where the sources of a kext lie. */
export interface SourceScope {
  readonly folder: string;
  /** Folders below it that are of other kexts. */
  readonly otherKexts?: readonly string[];
  /** What of them is compiled for the kext, where a project file says it. */
  readonly sources?: TargetSources | undefined;
  /** What is known of the build's macros. */
  readonly defines?: KnownMacros | undefined;
}

/** The libkern classes that the kext's sources declare. */
export async function readDeclarations(scope: SourceScope, signal: AbortSignal): Promise<readonly ClassDeclaration[]> {
  const { own, others } = await readScope(scope, signal);
  // A class that only the sources of another kext define is that one's, though its header lies here.
  const foreign = new Set(others.map(({ file }) => file));
  const isOwn = ({ definition }: ClassDeclaration) => definition === undefined || !foreign.has(definition.file);
  const declared = findClassDeclarations([...own, ...others], scope.defines).filter(isOwn);
  return withoutOnlyDeclared(declared, own);
}

/**
 * A class that is declared and never defined is none of the kext's: no code links without its metaclass. So it is with headers of
 * another kext that lie in the folder. What a macro of the project may define stays; libkern's own are known.
 */
function withoutOnlyDeclared(
  declared: readonly ClassDeclaration[],
  sources: readonly SourceText[],
): readonly ClassDeclaration[] {
  if (declared.every(({ definition }) => definition !== undefined)) return declared;
  const compiled = sources.filter(({ file }) => isCompiled(file));
  // Without any there is nothing that could define it: what is to be read is not written yet.
  if (compiled.length === 0) return declared;
  return declared.filter(
    ({ definition, name, sourceName }) =>
      definition !== undefined || [name, sourceName].some(each => compiled.some(({ text }) => isGiven(text, each))),
  );
}

/** Whether a line begins with a macro, or a function, that is given the name first. */
function isGiven(text: string, name: string): boolean {
  // Most texts say nothing of it, and that is seen at once.
  return text.includes(name) && new RegExp(`^[ \\t]*(?!OS[A-Z])\\w+[ \\t]*\\(\\s*${name}\\s*[,)]`, 'm').test(text);
}

/** The kext's sources: what is compiled for it first. */
export async function readSources(scope: SourceScope, signal: AbortSignal): Promise<readonly SourceText[]> {
  return (await readScope(scope, signal)).own;
}

/** What a build of the kext may compile, without reading it. */
export async function listCompiled(
  { folder, otherKexts = [], sources }: SourceScope,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { files } = await listSourceFiles(folder, signal, { without: otherKexts });
  const own = saysSources(sources) ? [...sources.files, ...files.filter(file => isOwnSource(sources, file))] : files;
  return new Set(own.filter(isCompiled));
}

function saysSources(sources: TargetSources | undefined): sources is TargetSources {
  return sources !== undefined && sources.files.length + sources.folders.length > 0;
}

/** `others`: what lies in the kext's folder, too, and is compiled for something else. */
async function readScope(
  { folder, otherKexts = [], sources }: SourceScope,
  signal: AbortSignal,
): Promise<{ readonly own: readonly SourceText[]; readonly others: readonly SourceText[] }> {
  const there = await readSourceFiles(folder, signal, { without: otherKexts });
  if (!saysSources(sources)) return { own: there, others: [] };
  const known = new Set(there.map(({ file }) => file));
  const outside = await Promise.all(sources.files.filter(file => !known.has(file)).map(file => readSourceFile(file)));
  const all = [...there, ...outside.filter(source => source !== undefined)];
  const own = all.filter(({ file }) => isOwnSource(sources, file));
  const headers = all.filter(({ file }) => !isOwnSource(sources, file) && !isCompiled(file));
  const others = all.filter(({ file }) => !isOwnSource(sources, file) && isCompiled(file));
  const stems = new Set(own.map(({ file }) => stemOf(file)));
  const isBeside = ({ file }: SourceText) => stems.has(stemOf(file));
  // Of two headers that declare a class the one counts that goes with a source of the kext.
  const sorted = [...headers.filter(isBeside), ...headers.filter(header => !isBeside(header))];
  return { own: [...own, ...sorted], others };
}

function stemOf(file: string): string {
  return basename(file, extname(file));
}

/** Where the project's classes are declared now: the source may have changed since the project was found. */
export async function declarationFinder(
  project: SourceScope,
  signal: AbortSignal,
): Promise<{
  readonly all: readonly ClassDeclaration[];
  readonly positionOf: (className: string) => SourcePosition | undefined;
}> {
  const all = await readDeclarations(project, signal);
  const byName = new Map(all.map(each => [each.name, each.declaration]));
  return { all, positionOf: className => byName.get(className) };
}

/** Where a method of a class, named as at run time, is defined. */
export async function methodFinder(
  project: SourceScope,
  signal: AbortSignal,
): Promise<(className: string, method: string) => SourcePosition | undefined> {
  const sources = await readSources(project, signal);
  const sourceNames = new Map(
    findClassDeclarations(sources, project.defines).map(each => [each.name, each.sourceName]),
  );
  return (className, method) => {
    const written = sourceNames.get(className) ?? className;
    for (const { file, text } of sources) {
      const position = functionPosition(text, file, written, method);
      if (position !== undefined) return position;
    }
    return undefined;
  };
}
