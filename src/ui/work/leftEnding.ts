import * as l10n from '@vscode/l10n';
import type { LoadProof } from '../../diagnosis/loadProof.ts';
import type { Outcome } from '../../operations/operation.ts';

/** That an operation came to what was asked for, where it was `left`: the views show another kext or target. undefined where nobody has to be told. */
export function leftEnding(
  outcome: Outcome,
  proof: LoadProof | undefined,
  { kext, target, left }: { readonly kext: string; readonly target: string; readonly left: boolean },
): string | undefined {
  if (!left) return undefined;
  switch (outcome) {
    case 'built':
      return l10n.t('{0} was built.', kext);
    case 'installed':
      return l10n.t('{0} is installed on {1}.', kext, target);
    case 'loaded':
      if (proof?.kind === 'sameRow') return l10n.t('{0} was not loaded anew: {1} runs it on, as before.', kext, target);
      return proof?.kind === 'likely'
        ? l10n.t('{0} is loaded on {1}, and the build likely runs.', kext, target)
        : l10n.t('{0} is loaded on {1} and proved.', kext, target);
    case 'unloaded':
      return l10n.t('{0} is unloaded from {1}.', kext, target);
    case 'uninstalled':
      return l10n.t('{0} is removed from {1}.', kext, target);
    case 'waitingForApproval':
      return l10n.t('{0} is installed on {1} and waits for its approval.', kext, target);
    case 'waitingForRestart':
      return l10n.t('{0} is ready and waits for a restart of {1}.', kext, target);
    default:
      return undefined;
  }
}
