import * as l10n from '@vscode/l10n';
import type { KernelPhase } from '../../report/reachedKernel.ts';

/** What is shown of a cancel in a phase that goes on to its end: so short that a notification has room for it. */
export function cancellingTitle(phase: KernelPhase): string {
  return titles[phase]();
}

const titles: Readonly<Record<KernelPhase, () => string>> = {
  unloading: () => l10n.t('Cancelling after the unload'),
  loading: () => l10n.t('Cancelling after the load'),
  verifying: () => l10n.t('Cancelling after the proof'),
  removing: () => l10n.t('Cancelling after the removal'),
};
