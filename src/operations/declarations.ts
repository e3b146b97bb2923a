import type { SourcePosition } from '../model/sourcePosition.ts';
import { type ClassDeclaration, findClassDeclarations } from '../source/classDeclarations.ts';
import { functionPosition } from '../source/functionPosition.ts';
import { readSourceFiles } from '../source/sourceFiles.ts';

/** The libkern classes that the sources below the folder declare. */
export async function readDeclarations(folder: string, signal: AbortSignal): Promise<readonly ClassDeclaration[]> {
  return findClassDeclarations(await readSourceFiles(folder, signal));
}

/** Where the project's classes are declared now: the source may have changed since the project was found. */
export async function declarationFinder(
  project: { readonly folder: string },
  signal: AbortSignal,
): Promise<{
  readonly all: readonly ClassDeclaration[];
  readonly positionOf: (className: string) => SourcePosition | undefined;
}> {
  const all = await readDeclarations(project.folder, signal);
  const byName = new Map(all.map(each => [each.name, each.declaration]));
  return { all, positionOf: className => byName.get(className) };
}

/** Where a method of a class, named as at run time, is defined. */
export async function methodFinder(
  project: { readonly folder: string },
  signal: AbortSignal,
): Promise<(className: string, method: string) => SourcePosition | undefined> {
  const sources = await readSourceFiles(project.folder, signal);
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
