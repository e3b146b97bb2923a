import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { bootOf } from '../model/boot.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import { readStanding } from '../operations/readStanding.ts';
import { readSnapshot } from '../operations/snapshot.ts';
import { type EndedWork, resultOn, viewAfter } from './endedWork.ts';
import { fingerprint } from './fingerprint.ts';
import type { KextView, OwnKext } from './kextView.ts';
import { lastingDiagnoses, mergedDiagnoses, replacesDiagnoses } from './lastingDiagnoses.ts';
import { onItsLine } from './ownKext.ts';
import type { OpenedKext } from './sessionWorld.ts';
import { subjectOf, TargetFindings } from './targetFindings.ts';

/** A kext that is looked at, as its files describe it and on its target. */
export interface LookedAt {
  readonly operation: OpenedKext;
  readonly own: OwnKext;
  /** What ended since the last look. */
  readonly ended: EndedWork | undefined;
}

/** What this window has seen of its targets: what each held last, and what was found there of its kexts. */
export class SeenTargets {
  readonly #last = new Map<string, Snapshot>();
  readonly #findings = new TargetFindings();
  #state = '';

  /** What a target held when it was seen last. */
  last(targetId: string): Snapshot | undefined {
    return this.#last.get(targetId);
  }

  /** Turns to a kext on a target, `''` for none, and gives the findings to be shown in place of `shown`. */
  turnTo(subject: string, shown: readonly Diagnosis[]): readonly Diagnosis[] {
    return this.#findings.turnTo(subject, shown);
  }

  /** Whether another window or a terminal has changed the target, or what is known of it, since it was read last. */
  async hasChanged({ stateFiles }: OpenedKext): Promise<boolean> {
    return (await fingerprint(stateFiles)) !== this.#state;
  }

  /** Reads the target, and gives what is to be shown of the kext then; `shown` is it now. Rejects as readSnapshot does. */
  async read({ operation, own, ended }: LookedAt, shown: () => KextView, signal: AbortSignal): Promise<KextView> {
    const subject = subjectOf(operation);
    this.#state = await fingerprint(operation.stateFiles);
    // The first look after a result is at the boot that it is about: a panic's result comes from the boot after it.
    if (replacesDiagnoses(resultOn(subject, ended))) this.#findings.renew();
    const { target } = operation;
    const snapshot = await readSnapshot(target, own.classes, signal, this.#last.get(target.id));
    this.#last.set(target.id, snapshot);
    const { refused, waiting, diagnoses, panic } = await readStanding(operation, snapshot, signal);
    const loaded = loadedKext(snapshot, own.bundleIdentifier) !== undefined;
    const sameBoot = this.#findings.inSameBoot(bootOf(snapshot.system));
    const now = viewAfter(shown(), ended, subject);
    const lasting = lastingDiagnoses(now.diagnoses, { sameBoot, loaded, refused });
    const merged = mergedDiagnoses(diagnoses, lasting).map(each => onItsLine(each, own.declarations));
    return {
      ...now,
      snapshot,
      refused,
      waiting,
      panicReport: panic?.report,
      diagnoses: merged,
      past: false,
      reading: false,
    };
  }
}
