import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { type Boot, isSameBoot } from '../model/boot.ts';
import { buildFindings, withoutBuildFindings } from './lastingDiagnoses.ts';
import type { OpenedKext } from './sessionWorld.ts';

/** What was found of one kext on one target, and the boot in which it was found. */
interface Found {
  readonly boot: Boot | undefined;
  readonly diagnoses: readonly Diagnosis[];
}

/**
 * The findings of loads and unloads belong to a kext on a target: those of others are kept aside, and come back when the
 * window turns to them again. A build's belong to the source, whatever is shown.
 */
export class TargetFindings {
  readonly #aside = new Map<string, Found>();
  #subject = '';
  #boot: Boot | undefined;

  /** Turns to a kext on a target, by any name of the two, and gives the findings to be shown in place of `shown`. */
  turnTo(subject: string, shown: readonly Diagnosis[]): readonly Diagnosis[] {
    if (subject === this.#subject) return shown;
    this.#aside.set(this.#subject, { boot: this.#boot, diagnoses: withoutBuildFindings(shown) });
    const known = this.#aside.get(subject);
    this.#subject = subject;
    this.#boot = known?.boot;
    return [...(known?.diagnoses ?? []), ...buildFindings(shown)];
  }

  /** The next boot that is read is the one in which they were found: a panic's come from the boot after it. */
  renew(): void {
    this.#boot = undefined;
  }

  /** Whether the target is still in the boot in which they were found; from then on they are compared with this one. */
  inSameBoot(boot: Boot): boolean {
    const same = this.#boot === undefined || isSameBoot(this.#boot, boot) !== false;
    this.#boot = boot;
    return same;
  }
}

/** A name for a kext on a target; none where there is no such. */
export function subjectOf(kext: Pick<OpenedKext, 'project' | 'target'> | undefined): string {
  return kext === undefined ? '' : `${kext.target.id} ${kext.project.key}`;
}
