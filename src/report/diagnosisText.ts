import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { relativePosition } from './relativePosition.ts';

/** A diagnosis as a compiler would print it, with its grounds and the next step below; paths are relative to `folder`. */
export function diagnosisText(diagnosis: Diagnosis, folder: string | undefined): string {
  const place = diagnosis.anchor === undefined ? '' : `${placeText(diagnosis.anchor, folder)}: `;
  const grounds = diagnosis.evidence.map(({ text, position }) => {
    const indented = `    ${text.replaceAll('\n', '\n    ')}`;
    return position === undefined ? indented : `${indented}  (${placeText(position, folder)})`;
  });
  const next = diagnosis.remedy === '' ? [] : [`    Next: ${diagnosis.remedy}`];
  return [`${place}${diagnosis.severity}: ${diagnosis.message}`, ...grounds, ...next].join('\n');
}

function placeText(position: NonNullable<Diagnosis['anchor']>, folder: string | undefined): string {
  const { file, line, column } = folder === undefined ? position : relativePosition(position, folder);
  return `${file}:${line}:${column}`;
}
