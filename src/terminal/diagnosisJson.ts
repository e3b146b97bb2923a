import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { relativePosition } from '../report/relativePosition.ts';

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
