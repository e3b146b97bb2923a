import * as l10n from '@vscode/l10n';
import type { ToldPhase } from '../operations/phases.ts';

/** What is shown of a cancel in a phase that goes on to its end: so short that a notification has room for it. */
export function cancellingTitle(phase: ToldPhase): string {
  switch (phase) {
    case 'unloading':
      return l10n.t('Cancelling after the unload');
    case 'loading':
      return l10n.t('Cancelling after the load');
    case 'verifying':
      return l10n.t('Cancelling after the proof');
    case 'removing':
      return l10n.t('Cancelling after the removal');
    default:
      return l10n.t('Cancelling');
  }
}
