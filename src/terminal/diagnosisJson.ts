import { relative } from 'node:path';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';

/** A diagnosis as it stands in a JSON document; paths are relative to `folder`. */
export function diagnosisJson(diagnosis: Diagnosis, folder: string): Record<string, unknown> {
  const { anchor, evidence, ...rest } = diagnosis;
  return {
    ...rest,
    // Which lines of the source are likely to be at fault is not looked for here: none are named.
    suspects: [],
    evidence: evidence.map(({ text, position }) => ({
      text,
      ...(position === undefined ? {} : { position: relativePosition(position, folder) }),
    })),
    ...(anchor === undefined ? {} : { anchor: relativePosition(anchor, folder) }),
  };
}

/** The same place with a path relative to `folder`; a path outside it stays as it is. */
export function relativePosition(position: SourcePosition, folder: string): SourcePosition {
  const path = relative(folder, position.file);
  return path.startsWith('..') ? position : { ...position, file: path };
}
