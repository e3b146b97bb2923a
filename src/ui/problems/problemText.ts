import * as l10n from '@vscode/l10n';
import type { Diagnosis, Evidence } from '../../diagnosis/diagnosis.ts';
import type { KextView } from '../session/kextView.ts';

/**
 * The text of a Problem: what is wrong, the next step, and on what it rests, a line each. A compiler's notes stand as
 * related information alone.
 */
export function problemText(diagnosis: Diagnosis): string {
  const evidence = diagnosis.about === 'build' ? diagnosis.evidence.filter(notPlaced) : diagnosis.evidence;
  const grounds =
    evidence.length === 0 ? [] : [l10n.t('Evidence:'), ...evidence.map(each => `  ${evidenceText(each)}`)];
  const next = diagnosis.remedy === '' ? [] : [l10n.t('Next: {0}', diagnosis.remedy)];
  return [diagnosis.message, ...next, ...grounds].join('\n');
}

function notPlaced({ position }: Evidence): boolean {
  return position === undefined;
}

function evidenceText({ text, position }: Evidence): string {
  if (position === undefined) return text;
  const name = position.file.slice(position.file.lastIndexOf('/') + 1);
  return `${text} (${name}:${position.line})`;
}

/** The source that stands behind a Problem; a simulated target is always named as such. */
export function problemSource(target: KextView['wanted']): string {
  if (target === undefined) return 'kext';
  return `kext · ${target.simulated ? l10n.t('Simulated') : target.name}`;
}

/** Whether a Problem with this source is one of ours. */
export function isOwnSource(source: string | undefined): boolean {
  return source === 'kext' || (source?.startsWith('kext · ') ?? false);
}
