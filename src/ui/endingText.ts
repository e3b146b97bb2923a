import { cameAbout, type OperationResult } from '../operations/operation.ts';
import { verdictsText } from './autopsyText.ts';

/** How the end of an operation is told: nothing, a word in passing, or a failure that leads to the Problems. */
export type Ending =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'information'; readonly message: string }
  /** Without a message the Problems say it all. */
  | { readonly kind: 'failure'; readonly message: string | undefined };

/** What was asked for: decides what did not happen when it failed. */
export type Asked = 'reload' | 'unload' | 'use' | 'build' | 'install' | 'load' | 'uninstall';

/** How a result is told to whom asked for it; `target` as in a sentence. */
export function endingText(
  asked: Asked,
  { outcome, diagnoses, phases }: Pick<OperationResult, 'outcome' | 'diagnoses' | 'phases'>,
  { kext, target }: { readonly kext: string; readonly target: string },
): Ending {
  // Waiting is no error: the status item says what is awaited, and the Problems keep the reason.
  if (cameAbout.has(outcome) || outcome === 'cancelled') return { kind: 'quiet' };
  if (outcome === 'notFound') return { kind: 'information', message: `${kext} is not loaded on ${target}.` };
  const first = diagnoses.find(({ severity }) => severity === 'error');
  if (first?.about === 'build') return { kind: 'failure', message: undefined };
  if (outcome === 'failed' && first !== undefined) return { kind: 'failure', message: first.message };
  const unloading = asked === 'unload' || phases.at(-1)?.name === 'unloading';
  const what = unloading ? 'was not unloaded' : didNot[asked];
  const why = verdictsText(diagnoses) || (diagnoses[0]?.message ?? outcome);
  return { kind: 'failure', message: `${kext} ${what}: ${why}${why.endsWith('.') ? '' : '.'}` };
}

/** What did not happen. */
const didNot: Readonly<Record<Asked, string>> = {
  reload: 'was not reloaded',
  unload: 'was not unloaded',
  use: 'could not be used',
  build: 'was not built',
  install: 'was not installed',
  load: 'was not loaded',
  uninstall: 'was not uninstalled',
};
