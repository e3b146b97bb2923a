import { relative } from 'node:path';
import type { SourcePosition } from '../model/sourcePosition.ts';

/** The same place with a path relative to `folder`; a path outside it stays as it is. */
export function relativePosition(position: SourcePosition, folder: string): SourcePosition {
  const path = relative(folder, position.file);
  return path.startsWith('..') ? position : { ...position, file: path };
}
