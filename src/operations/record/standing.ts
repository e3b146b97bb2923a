import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { interrupted } from '../../diagnosis/interrupted.ts';
import type { LoadedKextFacts } from '../../diagnosis/loadFailure.ts';
import { waitingForApproval, waitingForRestart } from '../../diagnosis/waiting.ts';
import { type Boot, holdsIn, isSameBoot } from '../../model/boot.ts';
import type { JournalEntry } from './journalEntry.ts';
import type { KextRecord, RecordedPanic } from './kextRecord.ts';

/** How a kext stands on its target, by what was remembered of it. */
export interface Standing {
  /** Its unload was refused in this boot, and it is still loaded: terminated, and in the kernel until the restart. */
  readonly refused: boolean;
  /** A build is ready: for the approval or the restart that it waits for, or, after it, for the click that loads it. */
  readonly waiting: 'approval' | 'restart' | 'finish' | undefined;
  /** What still holds: where an operation stopped, that the target went down, the verdicts of the refusal, that a build waits, that the code is not run. */
  readonly diagnoses: readonly Diagnosis[];
}

/** The moment at which a record is looked at, and the boot of the target then. */
export interface Moment extends Boot {
  /** Whether the target lists the kext. */
  readonly loaded: boolean;
  readonly facts: LoadedKextFacts;
  /** That it went down under the kext. */
  readonly panic?: RecordedPanic | undefined;
  /** What stopped without an end of its own. */
  readonly stopped?: JournalEntry | undefined;
}

/** Reads a record at a moment: it speaks of the boot in which it was written. */
export function kextStanding(record: KextRecord | undefined, moment: Moment): Standing {
  const before = [...whereItStopped(moment), ...(moment.panic === undefined ? [] : [moment.panic.diagnosis])];
  if (record === undefined) return { refused: false, waiting: undefined, diagnoses: before };
  const { loaded, facts } = moment;
  const { pending } = record;
  const sameBoot = holdsIn(record, moment);
  const refused = record.refused !== undefined && sameBoot && loaded;
  const holds = refused || (record.refused === undefined && sameBoot && loaded);
  const found = [...before, ...(holds ? record.diagnoses : [])];
  if (pending === undefined) return { refused, waiting: undefined, diagnoses: found };
  const until = sameBoot ? (pending.until ?? (refused ? 'restart' : undefined)) : undefined;
  if (until === undefined) return { refused, waiting: 'finish', diagnoses: found };
  const told = until === 'approval' ? waitingForApproval : waitingForRestart;
  return { refused, waiting: until, diagnoses: [...found, told(facts, pending.uuid, record.refused?.uuid)] };
}

function whereItStopped({ stopped, facts, loaded, ...boot }: Moment): readonly Diagnosis[] {
  if (stopped === undefined) return [];
  const restarted = isSameBoot(stopped, boot) === false;
  return [interrupted(facts, { ...stopped, lost: stopped.lost === true }, { loaded, restarted })];
}
