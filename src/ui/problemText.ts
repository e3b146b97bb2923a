import type { Diagnosis } from '../diagnosis/diagnosis.ts';

/** The text of a Problem: what is wrong, on what it rests, and the next step, a line each. */
export function problemText(diagnosis: Diagnosis): string {
  const evidence = diagnosis.evidence.filter(each => each.position === undefined).map(each => `  ${each.text}`);
  const grounds = evidence.length === 0 ? [] : ['Evidence:', ...evidence];
  const next = diagnosis.remedy === '' ? [] : [`Next: ${diagnosis.remedy}`];
  return [diagnosis.message, ...next, ...grounds].join('\n');
}

/** The source that stands behind a Problem; a simulated target is always named as such. */
export function problemSource(target: { readonly name: string } | undefined): string {
  return target === undefined ? 'kext' : `kext · ${target.name}`;
}
