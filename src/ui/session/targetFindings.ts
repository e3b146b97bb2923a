import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { type Boot, bootOf, isSameBoot } from '../../model/boot.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { OperationResult } from '../../operations/operation.ts';
import type { KextProject } from '../../operations/project/kextProject.ts';
import type { Standing } from '../../operations/record/standing.ts';
import type { Target } from '../../tools/port/target.ts';
import {
  buildFindings,
  diagnosesAfter,
  lastingDiagnoses,
  mergedDiagnoses,
  replacesDiagnoses,
  withoutBuildFindings,
} from './lastingDiagnoses.ts';

/** A kext on a target, of which something is found. */
export interface Subject {
  readonly project: Pick<KextProject, 'key' | 'bundleIdentifier'>;
  readonly target: Pick<Target, 'id' | 'name' | 'called' | 'simulated'>;
}

/** What was found of one kext, on which target. */
export interface Findings {
  readonly target: Subject['target'] | undefined;
  readonly diagnoses: readonly Diagnosis[];
}

/** What the record of a kext on the target says. */
export interface Recorded {
  readonly subject: Subject;
  readonly standing: Pick<Standing, 'refused' | 'diagnoses'>;
}

/** Findings of loads and unloads, and the boot in which they were made; undefined is the one that is read next. */
interface Kept {
  readonly subject: Subject;
  readonly boot: Boot | undefined;
  readonly diagnoses: readonly Diagnosis[];
}

/**
 * The findings of loads and unloads belong to a kext on a target, those of builds to a kext, wherever it is loaded. One kext's are
 * shown; those of the others are kept aside, and come back when the window turns to them again.
 */
export class TargetFindings {
  readonly #aside = new Map<string, Kept>();
  readonly #builds = new Map<string, Findings>();
  #shown: Subject | undefined;
  #boot: Boot | undefined;

  /** The kext that is shown, and on which target. */
  get subject(): Subject | undefined {
    return this.#shown;
  }

  /** What is kept of kexts that are not shown: of builds, and of loads and unloads on the target that is. */
  get others(): readonly Findings[] {
    const there = [...this.#aside.values()].filter(({ subject }) => subject.target.id === this.#shown?.target.id);
    return [...there.map(({ subject: { target }, diagnoses }) => ({ target, diagnoses })), ...this.#builds.values()];
  }

  /** What is kept of a kext that is not shown. */
  of(subject: Subject): readonly Diagnosis[] {
    const builds = this.#builds.get(subject.project.key)?.diagnoses ?? [];
    return [...(this.#aside.get(subjectOf(subject))?.diagnoses ?? []), ...builds];
  }

  /** Turns to a kext on a target, undefined for none, and gives the findings to be shown in place of `shown`. */
  turnTo(subject: Subject | undefined, shown: readonly Diagnosis[]): readonly Diagnosis[] {
    if (subjectOf(subject) === subjectOf(this.#shown)) return shown;
    if (this.#shown !== undefined) this.#putAside({ subject: this.#shown, boot: this.#boot, diagnoses: shown });
    this.#shown = subject;
    const known = this.#aside.get(subjectOf(subject));
    this.#boot = known?.boot;
    if (subject === undefined) return [];
    const build = this.#builds.get(subject.project.key)?.diagnoses ?? [];
    this.#aside.delete(subjectOf(subject));
    this.#builds.delete(subject.project.key);
    return [...(known?.diagnoses ?? []), ...build];
  }

  /** Keeps what an operation found of a kext or a target that is not shown; gives the findings to be shown in place of `shown`. */
  keep(subject: Subject, result: OperationResult, shown: readonly Diagnosis[]): readonly Diagnosis[] {
    const known = this.#aside.get(subjectOf(subject));
    const isOfShown = subject.project.key === this.#shown?.project.key;
    const build = isOfShown ? buildFindings(shown) : (this.#builds.get(subject.project.key)?.diagnoses ?? []);
    const diagnoses = diagnosesAfter([...(known?.diagnoses ?? []), ...build], result);
    this.#putAside({ subject, boot: replacesDiagnoses(result) ? undefined : known?.boot, diagnoses });
    if (!isOfShown) return shown;
    this.#builds.delete(subject.project.key);
    return [...withoutBuildFindings(shown), ...buildFindings(diagnoses)];
  }

  #putAside({ subject, boot, diagnoses }: Kept): void {
    this.#aside.set(subjectOf(subject), { subject, boot, diagnoses: withoutBuildFindings(diagnoses) });
    this.#builds.set(subject.project.key, { target: subject.target, diagnoses: buildFindings(diagnoses) });
  }

  /** A build of the kext begins: what the last one found is void. Gives the findings to be shown in place of `shown`. */
  beginBuild({ project }: Subject, shown: readonly Diagnosis[]): readonly Diagnosis[] {
    if (project.key === this.#shown?.project.key) return withoutBuildFindings(shown);
    this.#builds.delete(project.key);
    return shown;
  }

  /** The file was edited: what builds of kexts that are not shown found in it is void. Whether there was any. */
  forgetBuilds(file: string): boolean {
    let forgot = false;
    for (const [key, { target, diagnoses }] of this.#builds) {
      const kept = diagnoses.filter(({ anchor }) => anchor?.file !== file);
      forgot ||= kept.length < diagnoses.length;
      this.#builds.set(key, { target, diagnoses: kept });
    }
    return forgot;
  }

  /** The next boot that is read is the one in which they were found: a panic's come from the boot after it. */
  renew(): void {
    this.#boot = undefined;
  }

  /** Whether the target is still in the boot in which those that are shown were found; from then on they are compared with this one. */
  inSameBoot(boot: Boot): boolean {
    const same = isStill(this.#boot, boot);
    this.#boot = boot;
    return same;
  }

  /** The target was read: drops what this says is over of the kexts there that are not shown, and takes in what their records say. */
  followOthers(snapshot: Snapshot, others: readonly Recorded[] = []): void {
    const boot = bootOf(snapshot.system);
    const recorded = new Map(others.map(each => [subjectOf(each.subject), each]));
    for (const [name, { subject }] of recorded)
      if (!this.#aside.has(name)) this.#aside.set(name, { subject, boot: undefined, diagnoses: [] });
    for (const [name, kept] of this.#aside) {
      if (kept.subject.target.id !== snapshot.target) continue;
      const loaded = loadedKext(snapshot, kept.subject.project.bundleIdentifier) !== undefined;
      const { refused, diagnoses } = recorded.get(name)?.standing ?? { refused: false, diagnoses: [] };
      const since = { sameBoot: isStill(kept.boot, boot), loaded, refused };
      const lasting = mergedDiagnoses(diagnoses, lastingDiagnoses(kept.diagnoses, since));
      this.#aside.set(name, { ...kept, boot, diagnoses: lasting });
    }
  }
}

function isStill(known: Boot | undefined, boot: Boot): boolean {
  return known === undefined || isSameBoot(known, boot) !== false;
}

/** A name for a kext on a target; none where there is no such. */
export function subjectOf(subject: Subject | undefined): string {
  return subject === undefined ? '' : `${subject.target.id} ${subject.project.key}`;
}
