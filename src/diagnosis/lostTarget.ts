import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import { phaseText, type WorkedPhase } from './phaseText.ts';
import { asSubject, capital } from './sentence.ts';

/** In which phase of an operation the target was lost. */
export interface LostIn extends WorkedPhase {
  /** What the connection's end was told with. */
  readonly said: string;
}

/** What the target says of the kext once it answers again. */
export interface StateAfter {
  readonly listed: { readonly uuid: string | undefined } | undefined;
  /** Of the newest build; undefined where there is none. */
  readonly built: string | undefined;
  /** Kexts that were unloaded before it and are not loaded, the outermost first. */
  readonly unloaded: readonly string[];
  /** `Reload com.foo.bar` */
  readonly doing: string;
  /** What was unloaded before it was to stay unloaded. */
  readonly staysUnloaded: boolean;
}

/** The connection broke and the target is up, in the boot of before: in what state the kext is. */
export function connectionLost(kext: LoadedKextFacts, lostIn: LostIn, after: StateAfter): Diagnosis {
  const { listed, built, unloaded } = after;
  const state = listed === undefined ? 'is not loaded' : `is loaded, ${listed.uuid ?? 'without a UUID'}`;
  return onTarget(kext, {
    about: lostIn.phase === 'unloading' ? 'unload' : 'load',
    cause: 'connectionLost',
    severity: 'error',
    message: `The connection to ${kext.target} broke while ${phaseText(lostIn)}. It is up, in the same boot: ${kext.bundleIdentifier} ${state}.`,
    evidence: [
      lostIn.said,
      ...(built === undefined ? [] : [`built ${built}`]),
      ...unloaded.map(other => `${other} was unloaded before it, and is not loaded`),
    ],
    remedy: lostIn.kext === undefined ? remedyForOwn(lostIn, after) : remedyForOther(lostIn.phase, lostIn.kext, after),
  });
}

function remedyForOwn({ phase }: LostIn, after: StateAfter): string {
  return phase === 'unloading' && after.listed !== undefined
    ? 'Unload it again: its drivers may be terminated already.'
    : withLoadOfOthers('Reload again: what was copied half is replaced.', after);
}

/** It broke while a kext was worked on that is linked against the one that was asked for: what is to be done is for the latter. */
function remedyForOther(phase: string, kext: string, after: StateAfter): string {
  const { listed, unloaded, doing } = after;
  const again = `${capital(doing)} again`;
  if (phase !== 'unloading' && listed !== undefined)
    return unloaded.length === 0 ? `${again}: it proves what runs.` : `Load ${inOrderOfLoads(unloaded)}.`;
  const stays = phase === 'unloading' && !unloaded.includes(kext);
  return withLoadOfOthers(
    stays ? `${again}: it unloads ${kext} before it, whose drivers may be terminated already.` : `${again}.`,
    after,
  );
}

/** An operation loads again only what it has unloaded itself. */
function withLoadOfOthers(remedy: string, { unloaded, staysUnloaded }: StateAfter): string {
  return staysUnloaded || unloaded.length === 0
    ? remedy
    : `${remedy} Then load ${inOrderOfLoads(unloaded)}, which it leaves unloaded.`;
}

function inOrderOfLoads(unloaded: readonly string[]): string {
  return unloaded.toReversed().join(', ');
}

const toldLater = 'Once it answers, the next look at it tells what happened.';

/** The target did not answer again in `minutes`; `said`: what the last try was told. */
export function notBack(kext: LoadedKextFacts, lostIn: LostIn, minutes: number): Diagnosis {
  return onTarget(kext, {
    about: 'load',
    cause: 'connectionLost',
    severity: 'error',
    message: `${asSubject(kext.target)} has not come back in ${minutes} minutes: the connection broke while ${phaseText(lostIn)}.`,
    evidence: [lostIn.said],
    remedy: `Look at its screen: it may wait for a password, or panic at each start, which a start in safe mode ends. ${toldLater}`,
  });
}

/** The user did not wait for it. */
export function notWaitedFor(kext: LoadedKextFacts, lostIn: LostIn): Diagnosis {
  return onTarget(kext, {
    about: 'load',
    cause: 'connectionLost',
    severity: 'error',
    message: `The connection to ${kext.target} broke while ${phaseText(lostIn)}: what became of it is not known.`,
    evidence: [lostIn.said],
    remedy: toldLater,
  });
}

/** ssh will not go on without its user: a key changed, a configuration that it does not take. */
export function notTried(kext: LoadedKextFacts, lostIn: LostIn, why: string): Diagnosis {
  return onTarget(kext, {
    about: 'load',
    cause: 'connectionLost',
    severity: 'error',
    message: `The connection to ${kext.target} broke while ${phaseText(lostIn)}, and there is no other one. ${why}`,
    evidence: [lostIn.said],
    remedy: toldLater,
  });
}

/** The target has restarted, and no panic report tells of it; `unread`: why the reports could not be read. */
export function restartedWithoutReport(kext: LoadedKextFacts, lostIn: LostIn, unread: string | undefined): Diagnosis {
  const left = unread === undefined ? 'and left no panic report' : 'and its panic reports could not be read';
  return onTarget(kext, {
    about: 'load',
    cause: 'restarted',
    severity: 'error',
    message: `${asSubject(kext.target)} restarted while ${phaseText(lostIn)}, ${left}.`,
    evidence: [lostIn.said, ...(unread === undefined ? [] : [unread])],
    remedy:
      unread === undefined
        ? 'Where nobody restarted it, it may have hung, or lost power: look at its log of that time, then reload.'
        : 'Look for the newest report in /Library/Logs/DiagnosticReports there, then reload.',
    certainty: unread === undefined ? 'certain' : 'likely',
  });
}

function onTarget(
  kext: LoadedKextFacts,
  {
    evidence,
    certainty = 'certain',
    ...told
  }: Pick<Diagnosis, 'about' | 'cause' | 'severity' | 'message' | 'remedy'> & {
    readonly evidence: readonly string[];
    readonly certainty?: Diagnosis['certainty'];
  },
): Diagnosis {
  return {
    ...told,
    evidence: evidence.filter(text => text !== '').map(text => ({ text })),
    holders: [],
    certainty,
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}
