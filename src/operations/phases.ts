import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { ExclusiveTurn } from '../tools/port/target.ts';
import { isCancel } from './isCancel.ts';
import type { BeforeLoad } from './kernel/proveLoad.ts';

/** The phases of a reload, in the words that the progress shows. */
export type PhaseName = 'building' | 'unloading' | 'installing' | 'loading' | 'verifying' | 'removing';

/** What is told of an operation: its phases, and that it waits for another window's or terminal's before the first. */
export type ToldPhase = PhaseName | 'waiting';

/** One phase that was begun, how long it took and how it ended. */
export interface PhaseRecord {
  readonly name: PhaseName;
  /** The kext that was worked on, where that is not the one that was asked for. */
  readonly kext?: string;
  readonly ms: number;
  readonly outcome: 'done' | 'refused' | 'failed' | 'cancelled';
}

/** How far a build is: how many of its sources are compiled or being compiled, of how many where that is known. */
export interface BuildExtent {
  readonly files: number;
  readonly of: number | undefined;
}

/**
 * Told at the start of each phase; `plan`: with the first one, what is known of how it will go on, with `waiting` for what; `kext`: the one that is
 * worked on, where that is not the one that was asked for; `extent`: how far a phase is that was told before, with each file anew: for
 * whoever shows it in place of what was told.
 */
export type PhaseProgress = (phase: ToldPhase, plan?: string, kext?: string, extent?: BuildExtent) => void;

/** Told before each phase, and waited for; where it rejects the phase does not begin. */
export type PhaseWatch = (phase: PhaseName, kext: string | undefined, signal: AbortSignal) => Promise<void>;

/** A load that was begun: of which build, and against what it is proved. */
export interface BegunLoad {
  readonly bundle: KextBundle;
  readonly before: BeforeLoad;
}

/** What the phases of an operation work with: who hears of them, and whom they wait for. */
export interface PhasesWith {
  readonly progress: PhaseProgress;
  readonly watch?: PhaseWatch;
  /** How the operation waits for other kexts to be free that it comes to work on, and makes way for whoever waits for it. */
  readonly turn?: ExclusiveTurn;
}

/** Runs the phases of one operation and keeps their record. */
export class Phases {
  readonly records: PhaseRecord[];
  /** The load that is proved by what the target lists, also where the target was lost meanwhile. */
  load: BegunLoad | undefined;
  readonly #with: PhasesWith;
  readonly #kext: string | undefined;
  readonly #advice: Diagnosis[];
  #plan: string | undefined;

  constructor(given: PhasesWith, kext?: string, records: PhaseRecord[] = [], advice: Diagnosis[] = []) {
    this.#with = given;
    this.#kext = kext;
    this.records = records;
    this.#advice = advice;
  }

  /** The same for whatever kext is worked on. */
  get turn(): ExclusiveTurn | undefined {
    return this.#with.turn;
  }

  /** What is to be told with the operation's result, whatever that is. */
  get advice(): readonly Diagnosis[] {
    return this.#advice;
  }

  advise(diagnosis: Diagnosis): void {
    this.#advice.push(diagnosis);
  }

  /** The phases of the same operation that work on another kext: they stand in the same record, with its name. */
  on(kext: string): Phases {
    return new Phases(this.#with, kext, this.records, this.#advice);
  }

  /** What is known of the operation before it begins: told with its next phase, with what was announced before. */
  announce(plan: string | undefined): void {
    this.#plan = [this.#plan, plan].filter(text => text !== undefined).join('; ') || undefined;
  }

  /** Runs one phase, which tells how far it is; `outcomeOf` says how a phase that returned has ended. */
  async run<T>(
    name: PhaseName,
    signal: AbortSignal,
    work: (tell: (extent: BuildExtent) => void) => Promise<T>,
    outcomeOf: (result: T) => PhaseRecord['outcome'] = () => 'done',
  ): Promise<T> {
    const { progress, watch } = this.#with;
    signal.throwIfAborted();
    await watch?.(name, this.#kext, signal);
    const plan = this.#plan;
    this.#plan = undefined;
    progress(name, plan, this.#kext);
    const begun = performance.now();
    const ended = (outcome: PhaseRecord['outcome']) =>
      this.records.push({
        name,
        ...(this.#kext === undefined ? {} : { kext: this.#kext }),
        ms: Math.round(performance.now() - begun),
        outcome,
      });
    try {
      const result = await work(extent => progress(name, plan, this.#kext, extent));
      ended(outcomeOf(result));
      return result;
    } catch (error) {
      ended(isCancel(error, signal) ? 'cancelled' : 'failed');
      throw error;
    }
  }
}
