import { readFile } from 'node:fs/promises';
import type { SourcePosition } from '../model/sourcePosition.ts';
import { type ClassDeclaration, findClassDeclarations, type SourceText } from '../source/classDeclarations.ts';
import { functionPosition } from '../source/functionPosition.ts';
import { listSourceFiles } from '../source/sourceFiles.ts';

/** The text of every C and C++ source below the folder. */
export async function readSources(folder: string, signal: AbortSignal): Promise<readonly SourceText[]> {
  const sources: SourceText[] = [];
  const { files } = await listSourceFiles(folder, signal);
  for (const file of files) sources.push({ file, text: await readFile(file, 'utf8') });
  return sources;
}

/** The libkern classes that the sources below the folder declare. */
export async function readDeclarations(folder: string, signal: AbortSignal): Promise<readonly ClassDeclaration[]> {
  return findClassDeclarations(await readSources(folder, signal));
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

/** Where a method of a class is defined. */
export async function methodFinder(
  project: { readonly folder: string },
  signal: AbortSignal,
): Promise<(className: string, method: string) => SourcePosition | undefined> {
  const sources = await readSources(project.folder, signal);
  return (className, method) => {
    for (const { file, text } of sources) {
      const position = functionPosition(text, file, className, method);
      if (position !== undefined) return position;
    }
    return undefined;
  };
}
