import { usingProcesses } from '../../diagnosis/holders.ts';
import type { EmptyReason } from '../session/emptyReason.ts';
import { type KextView, ownLoaded } from '../session/kextView.ts';

/** The context keys, and what each is. */
export type ContextValues = ReturnType<typeof contextOf>;

/** What of a session they are made of. */
export interface ContextSource {
  readonly view: KextView;
  readonly emptyReason: EmptyReason;
  readonly isTargetSelected: boolean;
}

/** What the manifest's `when` clauses and the walkthrough are told; `before`: what they were told last. */
export function contextOf({ view, emptyReason, isTargetSelected }: ContextSource, before: Before) {
  const { own, target, waiting, last } = view;
  // Where several could be meant, a command asks which one.
  const several = emptyReason === 'severalKexts';
  const loaded = ownLoaded(view) !== undefined;
  const finishes = before['kext.waiting'] === 'finish' && waiting === undefined && last?.outcome === 'loaded';
  return {
    'kext.empty': emptyReason,
    'kext.hasProject': own !== undefined || several,
    'kext.hasSeveral': view.kexts > 1,
    /** An operation has a kext and a target, perhaps one that does not answer at the moment. */
    'kext.operable': several || emptyReason === 'ready' || emptyReason === 'unreachable',
    'kext.bundle': own?.bundleIdentifier ?? '',
    'kext.xcode': own?.xcode?.builds ?? false,
    'kext.simulated': target?.simulated ?? false,
    'kext.targetSelected': isTargetSelected,
    'kext.loaded': loaded,
    /** A process has the driver open, and can be quit. */
    'kext.inUse': usingProcesses(view.snapshot?.objects ?? []).length > 0,
    'kext.refused': view.refused,
    'kext.waiting': waiting,
    /** What the last operation of this window came to. */
    'kext.outcome': last?.outcome,
    /** A reload that waited for a restart was finished in this window. */
    'kext.finished': before['kext.finished'] === true || finishes,
    'kext.hasPanicReport': view.panicReport !== undefined,
    'kext.hasFindings': view.diagnoses.length > 0,
  };
}

interface Before {
  readonly 'kext.waiting'?: KextView['waiting'];
  readonly 'kext.finished'?: boolean;
}
