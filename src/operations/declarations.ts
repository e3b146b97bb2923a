import type { SourcePosition } from '../model/sourcePosition.ts';
import { type ClassDeclaration, findClassDeclarations, type SourceText } from '../source/classDeclarations.ts';
import { functionPosition } from '../source/functionPosition.ts';
import { readSourceFiles } from '../source/sourceFiles.ts';

/** Where the sources of a kext lie. */
export interface SourceScope {
  readonly folder: string;
  /** Folders below it that are of other kexts. */
  readonly otherKexts?: readonly string[];
}

/** The libkern classes that the kext's sources declare. */
export async function readDeclarations(scope: SourceScope, signal: AbortSignal): Promise<readonly ClassDeclaration[]> {
  return findClassDeclarations(await readSources(scope, signal));
}

/** The kext's sources. */
export function readSources(
  { folder, otherKexts = [] }: SourceScope,
  signal: AbortSignal,
): Promise<readonly SourceText[]> {
  return readSourceFiles(folder, signal, { without: otherKexts });
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
  const sourceNames = new Map(findClassDeclarations(sources).map(each => [each.name, each.sourceName]));
  return (className, method) => {
    const written = sourceNames.get(className) ?? className;
    for (const { file, text } of sources) {
      const position = functionPosition(text, file, written, method);
      if (position !== undefined) return position;
    }
    return undefined;
  };
}
