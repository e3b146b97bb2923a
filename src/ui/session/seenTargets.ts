import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { bootOf } from '../../model/boot.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { OperationResult } from '../../operations/operation.ts';
import { lookWork } from '../work/lazyWork.ts';
import { type EndedWork, viewAfter } from './endedWork.ts';
import { fingerprint } from './fingerprint.ts';
import type { KextView, OwnKext } from './kextView.ts';
import { lastingDiagnoses, mergedDiagnoses, replacesDiagnoses } from './lastingDiagnoses.ts';
import { onItsLine } from './ownKext.ts';
import type { OpenedKext } from './sessionWorld.ts';
import { type Subject, subjectOf, TargetFindings } from './targetFindings.ts';

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
  readonly findings = new TargetFindings();
  #state = '';

  /** What a target held when it was seen last. */
  last(targetId: string): Snapshot | undefined {
    return this.#last.get(targetId);
  }

  /** `view` with the end of an operation taken in; what it found of another kext or target than those that are shown is left out. */
  after(view: KextView, ended: EndedWork | undefined): KextView {
    return viewAfter(view, ended, this.#found(ended));
  }

  /** The view with the findings of that kext and target in place of those that it has; what ended on the one before is kept aside. */
  turnTo(subject: Subject, view: KextView, ended: EndedWork | undefined): KextView {
    const before = this.findings.subject;
    const diagnoses = this.keepOthers(ended, this.findings.turnTo(subject, view.diagnoses));
    if (subjectOf(subject) === subjectOf(before)) return { ...view, diagnoses };
    const others = subject.target.id === before?.target.id ? othersBeside(subject, view) : [];
    // What the record of the one before says is not said of this one.
    return {
      ...view,
      refused: false,
      waiting: undefined,
      panicReport: undefined,
      atLoad: undefined,
      others,
      diagnoses,
    };
  }

  /** The view with what is found by now of the kexts that are not shown. */
  withOthers(view: KextView): KextView {
    const target = this.findings.subject?.target;
    if (target === undefined) return view;
    const others = view.others.map(other => ({
      ...other,
      diagnoses: this.findings.of({ project: other.own, target }),
    }));
    return { ...view, others };
  }

  /** Keeps what it found of another one aside, and gives the findings to be shown in place of `shown`. Twice is the same as once. */
  keepOthers(ended: EndedWork | undefined, shown: readonly Diagnosis[]): readonly Diagnosis[] {
    if (ended?.result === undefined || ended.subject === undefined || this.#found(ended) !== undefined) return shown;
    return this.findings.keep(ended.subject, ended.result, shown);
  }

  #found(ended: EndedWork | undefined): OperationResult | undefined {
    return subjectOf(ended?.subject) === subjectOf(this.findings.subject) ? ended?.result : undefined;
  }

  /** Whether another window or a terminal has changed the target, or what is known of it, since it was read last. */
  async hasChanged({ stateFiles }: OpenedKext): Promise<boolean> {
    return (await fingerprint(stateFiles)) !== this.#state;
  }

  /** Reads the target, and gives what is to be shown of the kext then; `turned` turns to it and gives the view. Rejects as readSnapshot does. */
  async read({ operation, own, ended }: LookedAt, turned: () => KextView, signal: AbortSignal): Promise<KextView> {
    const { readSnapshot, readStanding, readOthers } = await lookWork();
    this.#state = await fingerprint(operation.stateFiles);
    const { target } = operation;
    const snapshot = await readSnapshot(target, own.classes, signal, this.#last.get(target.id));
    this.#last.set(target.id, snapshot);
    const { refused, waiting, diagnoses, panic, atLoad } = await readStanding(operation, snapshot, signal);
    const others = await readOthers(operation, snapshot, signal);
    const loaded = loadedKext(snapshot, own.bundleIdentifier) !== undefined;
    const now = this.after(turned(), ended);
    // The first look after a result is at the boot that it is about: a panic's result comes from the boot after it.
    if (replacesDiagnoses(this.#found(ended))) this.findings.renew();
    const sameBoot = this.findings.inSameBoot(bootOf(snapshot.system));
    const recorded = others.map(other => ({ subject: { project: other.own, target }, standing: other }));
    this.findings.followOthers(snapshot, recorded);
    const lasting = lastingDiagnoses(now.diagnoses, { sameBoot, loaded, refused });
    const merged = mergedDiagnoses(diagnoses, lasting).map(each => onItsLine(each, own.declarations));
    return {
      ...now,
      snapshot,
      refused,
      waiting,
      panicReport: panic?.report,
      atLoad,
      diagnoses: merged,
      others,
      past: false,
      reading: false,
    };
  }
}

/** The others, once the view turns to that one of them: the one that was shown is another one then. */
function othersBeside(subject: Subject, { own, others, diagnoses, refused, waiting, atLoad }: KextView) {
  const shown = own === undefined ? [] : [{ own, diagnoses, refused, waiting, atLoad }];
  return [...shown, ...others.filter(other => other.own.key !== subject.project.key)];
}
