import * as l10n from '@vscode/l10n';
import type { BuildExtent, ToldPhase } from '../../operations/phases.ts';
import { files as filesWord } from '../numbers.ts';

/** A phase in the user's language; with the kext that is worked on, where that is not the one that was asked for, and how far it is. */
export function phaseWords(phase: ToldPhase, kext?: string, extent?: BuildExtent): string {
  const told = kext === undefined ? words[phase]() : `${words[phase]()} ${kext}`;
  return extent === undefined ? told : `${told}: ${extentWords(extent)}`;
}

function extentWords({ files, of }: BuildExtent): string {
  return of === undefined ? filesWord(files) : l10n.t('{0} of {1} files', files, of);
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
