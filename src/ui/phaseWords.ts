import * as l10n from '@vscode/l10n';
import type { ToldPhase } from '../operations/phases.ts';

/** A phase in the user's language; with the kext that is worked on, where that is not the one that was asked for. */
export function phaseWords(phase: ToldPhase, kext?: string): string {
  const told = words[phase]();
  return kext === undefined ? told : `${told} ${kext}`;
}

const words: Readonly<Record<ToldPhase, () => string>> = {
  waiting: () => l10n.t('waiting'),
  building: () => l10n.t('building'),
  unloading: () => l10n.t('unloading'),
  installing: () => l10n.t('installing'),
  loading: () => l10n.t('loading'),
  verifying: () => l10n.t('verifying'),
  removing: () => l10n.t('removing'),
};
