import * as l10n from '@vscode/l10n';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { cameAbout, type OperationResult } from '../../operations/operation.ts';
import { verdictsText } from '../problems/autopsyText.ts';
import { leftEnding } from './leftEnding.ts';

/** How the end of an operation is told: nothing, a word in passing, or a failure that leads to the Problems. */
export type Ending =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'information'; readonly message: string }
  /** Without a message the Problems, which open, say it all. */
  | { readonly kind: 'failure'; readonly message: string | undefined };

/** What was asked for: decides what did not happen when it failed. */
export type Asked = 'reload' | 'unload' | 'use' | 'build' | 'install' | 'load' | 'uninstall';

/** What of a result decides how its end is told. */
type Ended = Pick<OperationResult, 'outcome' | 'diagnoses' | 'phases' | 'proof' | 'dependents'>;

/** How an ending calls what it is about. */
export interface EndingNames {
  readonly kext: string;
  /** As in a sentence. */
  readonly target: string;
  /** The window has turned to another kext or target meanwhile: what its views say is of that one, and a Problem alone may be missed. */
  readonly left?: boolean;
}

/** How a result is told to whom asked for it. */
export function endingText(
  asked: Asked,
  { outcome, diagnoses, phases, proof, dependents = [] }: Ended,
  { kext, target, left = false }: EndingNames,
): Ending {
  if (outcome === 'unloaded' && dependents.length > 0) {
    const others = dependents.map(({ bundleIdentifier }) => bundleIdentifier).join(', ');
    return { kind: 'information', message: l10n.t('{0} was unloaded, and before it {1}.', kext, others) };
  }
  const goneBy = outcome === 'cancelled' ? diagnoses.find(({ cause }) => cause === 'notLoaded') : undefined;
  if (goneBy !== undefined) return { kind: 'failure', message: goneBy.message };
  const came = leftEnding(outcome, proof, { kext, target, left });
  if (outcome === 'uninstalled') return uninstalledText({ diagnoses, phases }, { kext, target }, came);
  // Waiting is no error: the status item says what is awaited, and the Problems keep the reason.
  if (cameAbout.has(outcome) || outcome === 'cancelled') return told(came);
  if (outcome === 'notFound')
    return { kind: 'information', message: l10n.t('{0} is not loaded on {1}.', kext, target) };
  const first = diagnoses.find(({ severity }) => severity === 'error');
  if (first !== undefined && (outcome === 'failed' || first.about === 'build'))
    return {
      kind: 'failure',
      message: first.anchor === undefined || left ? failureText(asked, kext, first) : undefined,
    };
  const unloading = asked === 'unload' || phases.at(-1)?.name === 'unloading';
  const why = verdictsText(diagnoses) || (diagnoses[0]?.message ?? outcome);
  const last = outcome === 'dependents' ? dependents.at(-1)?.bundleIdentifier : undefined;
  const whose = last === undefined ? why : l10n.t('{0}, which is linked against it, did not go: {1}', last, why);
  const message = didNot(unloading ? 'unload' : asked, kext, whose.replace(/\.$/, ''));
  return { kind: 'failure', message };
}

function told(message: string | undefined): Ending {
  return message === undefined ? { kind: 'quiet' } : { kind: 'information', message };
}

function failureText(asked: Asked, kext: string, { about, message }: Diagnosis): string {
  return about === 'build' ? didNot(asked, kext, message.replace(/\.$/, '')) : message;
}

/** A removal is quiet; not so where there was nothing to remove, or where the kext runs until the restart. */
function uninstalledText(
  { diagnoses, phases }: Pick<Ended, 'diagnoses' | 'phases'>,
  { kext, target }: EndingNames,
  came: string | undefined,
): Ending {
  if (phases.some(({ name, outcome }) => name === 'unloading' && outcome === 'refused')) {
    const why = (verdictsText(diagnoses) || (diagnoses[0]?.message ?? 'refused')).replace(/\.$/, '');
    const message = l10n.t(
      '{0} is removed from {1}, but was not unloaded and stays until the restart: {2}.',
      kext,
      target,
      why,
    );
    return { kind: 'failure', message };
  }
  const nothing = diagnoses.find(({ cause }) => cause === 'notLoaded');
  return told(nothing?.message ?? came);
}

/** What did not happen, and why. */
function didNot(asked: Asked, kext: string, why: string): string {
  // A sentence about the kext says itself what did not happen to it.
  if (why.startsWith(`${kext} `)) return `${why}.`;
  switch (asked) {
    case 'reload':
      return l10n.t('{0} was not reloaded: {1}.', kext, why);
    case 'unload':
      return l10n.t('{0} was not unloaded: {1}.', kext, why);
    case 'use':
      return l10n.t('{0} could not be used: {1}.', kext, why);
    case 'build':
      return l10n.t('{0} was not built: {1}.', kext, why);
    case 'install':
      return l10n.t('{0} was not installed: {1}.', kext, why);
    case 'load':
      return l10n.t('{0} was not loaded: {1}.', kext, why);
    case 'uninstall':
      return l10n.t('{0} was not uninstalled: {1}.', kext, why);
  }
}
