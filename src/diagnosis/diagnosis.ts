import type { SourcePosition } from '../model/sourcePosition.ts';

/** Why something went wrong: one member per documented case. Each has a page in media/causes. */
export const causes = [
  'buildError',
  'leaked',
  'held',
  'subclass',
  'notYet',
  'overReleased',
  'unknownInstances',
  'refused',
  'dependents',
  'inUse',
  'notLoaded',
  'notPrivileged',
  'stopFailed',
  'removalVetoed',
  'unsupportedByCache',
  'terminateDisallowed',
  'stillLoaded',
  'installFailed',
  'loadFailed',
  'differentBuildLoaded',
  'notStarted',
  'notRunHere',
  'wrongBuildRuns',
  'notReloaded',
  'panicked',
  'restarted',
  'connectionLost',
  'interrupted',
  'waitingForApproval',
  'waitingForRestart',
  'buildChanged',
  'crossBuilt',
  'noCodeForTarget',
  'notSigned',
  'keptOutByBootPolicy',
  'providedAtBoot',
  'recoveryAdvice',
  'unknown',
] as const;

export type Cause = (typeof causes)[number];

export type Verdict = 'held' | 'leaked' | 'both' | 'subclass' | 'notYet' | 'unknown';

/** A line of what a tool said or an object that was seen, on which a diagnosis rests. */
export interface Evidence {
  readonly text: string;
  readonly position?: SourcePosition;
}

/** Who keeps an object from going. */
export interface Holder {
  /** `barctl (pid 4711)` */
  readonly name: string;
  readonly pid?: number;
  /** It runs no more. */
  readonly hasQuit?: true;
  /** The class of the object through which it holds. */
  readonly through?: string;
}

/** One thing that is wrong, on the developer's own line, with what it rests on and what to do next. */
export interface Diagnosis {
  /** Decides its life among the Problems: build results go with the next build, the others with the next result. */
  readonly about: 'build' | 'load' | 'unload' | 'wait';
  readonly cause: Cause;
  readonly severity: 'error' | 'warning' | 'information';
  /** One sentence, without the evidence. */
  readonly message: string;
  readonly class?: string;
  readonly instances?: number;
  readonly verdict?: Verdict;
  readonly evidence: readonly Evidence[];
  readonly holders: readonly Holder[];
  /** The next step, one sentence. */
  readonly remedy: string;
  readonly certainty: 'certain' | 'likely' | 'possible';
  readonly anchor?: SourcePosition;
}
