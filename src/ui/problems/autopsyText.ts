import * as l10n from '@vscode/l10n';
import type { Diagnosis, Verdict } from '../../diagnosis/diagnosis.ts';
import { perhapsKept } from '../session/kextView.ts';

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

/** `FooDriver is held by fooctl, FooEngine is leaked (2)`: the verdicts in one breath, in the user's language. */
export function verdictsText(diagnoses: readonly Diagnosis[]): string {
  const verdicts = diagnoses.flatMap(each => {
    if (each.verdict === undefined || each.severity !== 'error') return [];
    const number = (each.instances ?? 1) > 1 ? ` (${each.instances})` : '';
    return [`${verdictText(each, each.verdict, each.holders[0]?.name)}${number}`];
  });
  return verdicts.join(', ');
}

/** What became of a class, as a clause; `holder`: who holds it, where that is to be said. */
export function verdictText(diagnosis: Diagnosis, verdict: Verdict, holder?: string): string {
  const name = diagnosis.class ?? '';
  if (perhapsKept(diagnosis)) return l10n.t('{0} is leaked, or kept by what is held', name);
  switch (verdict) {
    case 'held':
      return holder === undefined ? l10n.t('{0} is held', name) : l10n.t('{0} is held by {1}', name, holder);
    case 'both':
      return holder === undefined
        ? l10n.t('{0} is held and leaked', name)
        : l10n.t('{0} is held by {1}, and leaked', name, holder);
    case 'leaked':
      return l10n.t('{0} is leaked', name);
    default:
      return l10n.t('{0} is in use', name);
  }
}
