import type { Diagnosis, Verdict } from '../diagnosis/diagnosis.ts';
import { perhapsKept } from './kextView.ts';

/** Every finding with its grounds, for an issue or a mail. */
export function autopsyText(diagnoses: readonly Diagnosis[]): string {
  return diagnoses
    .map(({ severity, message, anchor, evidence, remedy }) => {
      const place = anchor === undefined ? '' : ` (${anchor.file}:${anchor.line})`;
      const grounds = evidence.map(({ text }) => `  - ${text}`);
      return [`${severity}: ${message}${place}`, ...grounds, ...(remedy === '' ? [] : [`  Next: ${remedy}`])].join(
        '\n',
      );
    })
    .join('\n\n');
}

/** `FooDriver is held, FooEngine is leaked (2)`: the verdicts in one breath. */
export function verdictsText(diagnoses: readonly Diagnosis[]): string {
  const verdicts = diagnoses.flatMap(each => {
    if (each.verdict === undefined || each.severity !== 'error') return [];
    const number = (each.instances ?? 1) > 1 ? ` (${each.instances})` : '';
    const by = each.holders[0] === undefined ? '' : ` by ${each.holders[0].name}`;
    return [`${each.class} is ${verdictText(each, each.verdict)}${by}${number}`];
  });
  return verdicts.join(', ');
}

/** A verdict after "CLASS is". */
export function verdictText(diagnosis: Diagnosis, verdict: Verdict): string {
  if (perhapsKept(diagnosis)) return 'leaked, or kept by what is held';
  if (verdict === 'unknown') return 'in use';
  return verdict === 'both' ? 'held and leaked' : verdict;
}
