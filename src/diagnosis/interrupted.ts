import { dayAndMinute } from './buildName.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import { phaseText, type WorkedPhase } from './phaseText.ts';
import { capital } from './sentence.ts';

/** An operation that came to no end of its own. */
export interface Interrupted extends WorkedPhase {
  /** `Reload com.foo.bar` */
  readonly doing: string;
  /** When that phase began, by this machine's clock, in ms since 1970. */
  readonly since: number;
  /** The target was lost, rather than the process that worked. */
  readonly lost: boolean;
  /** Which process that was. */
  readonly pid: number;
}

/** What is known of the target since. */
export interface SinceThen {
  /** Whether it lists the kext. */
  readonly loaded: boolean;
  readonly restarted: boolean;
}

/** The operation of a process that was killed, or of a target that was lost and is back: where it stopped. */
export function interrupted(kext: LoadedKextFacts, stopped: Interrupted, since: SinceThen): Diagnosis {
  const { pid, lost } = stopped;
  const isLoaded = `${kext.bundleIdentifier} ${since.loaded ? 'is loaded' : 'is not loaded'}`;
  return {
    about: 'wait',
    cause: 'interrupted',
    severity: 'warning',
    message: `${stoppedText(stopped)}: ${lost ? `${kext.target} was lost` : `its process ${pid} is gone`}.`,
    evidence: [
      { text: `${isLoaded} on ${kext.target}` },
      ...(since.restarted ? [{ text: `${kext.target} has restarted since` }] : []),
    ],
    holders: [],
    remedy: remedyFor(stopped, kext, since),
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

/** `Reload com.foo.bar stopped while installing, at 14:03`; with the day where that is another one. */
export function stoppedText(
  { doing, since, ...phase }: Pick<Interrupted, 'doing' | 'phase' | 'kext' | 'since'>,
  now = Date.now(),
): string {
  const [day, minute] = dayAndMinute(new Date(since));
  const on = day === dayAndMinute(new Date(now))[0] ? '' : `on ${day} `;
  return `${capital(doing)} stopped while ${phaseText(phase)}, ${on}at ${minute}`;
}

function remedyFor(
  { phase, doing, kext }: Interrupted,
  { target }: LoadedKextFacts,
  { loaded, restarted }: SinceThen,
): string {
  if (phase === 'building') return `Nothing was changed on ${target}: start again.`;
  if (phase === 'removing') return 'Uninstall again.';
  if (phase === 'unloading' && loaded && !restarted && kext !== undefined)
    return `${capital(doing)} again. Where ${kext} is still loaded its drivers may be terminated already.`;
  if (phase === 'unloading' && loaded && !restarted)
    return 'Unload it again: its drivers may be terminated already, and what runs is the old build.';
  return 'Reload: it copies the build anew, loads it, and proves which one runs.';
}
