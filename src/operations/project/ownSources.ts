import { sep } from 'node:path';
import type { TargetSources } from '../../bundle/xcodeFiles.ts';
import { isHeaderName } from '../../model/sourceNames.ts';

/** Whether a project file counts a file among a target's sources. */
export function isOwnSource({ files, folders, without }: TargetSources, file: string): boolean {
  return (
    files.includes(file) || (!without.includes(file) && folders.some(folder => file.startsWith(`${folder}${sep}`)))
  );
}

/** Whether a source is compiled by itself, and no header. */
export function isCompiled(file: string): boolean {
  return !isHeaderName(file);
}
