import type { Verdict } from '../../../src/diagnosis/diagnosis.ts';
import type { PlugEvent, ProcessEvent, WaitEvent } from '../../../src/simulator/journalEvent.ts';

/** The cases of a refused unload: those of "classes have instances", and the refusals that name no class. */
export type FailureCase = 'A1' | 'A2' | 'A3' | 'A4' | 'A5' | 'A6' | 'B' | 'C' | 'D' | 'E' | 'F' | 'dependents' | 'stop';

/** How the source shows the fault: the signals by which real leaks were found, by number. */
export type Signal =
  | 'R1'
  | 'R2'
  | 'R3'
  | 'R4'
  | 'R5'
  | 'R6'
  | 'R7'
  | 'R8'
  | 'R9'
  | 'R10'
  | 'R11'
  | 'R12'
  | 'R13'
  | 'R14'
  | 'R16';

/** Values of a personality, as in an Info.plist. */
export type Personality = { readonly [key: string]: string | number | boolean | Personality };

/** One step of what happens on the Mac between the load and the unload; a connection has the number of its process. */
export type Step = ProcessEvent | PlugEvent | WaitEvent;

/** What is true of one class of the kext after the refusal. */
export interface ClassTruth {
  readonly class: string;
  readonly verdict: Verdict;
  /** Objects whose most derived class it is, in the registry or not. */
  readonly instances: number;
  /** Of these the ones that were never terminated, and the ones that were and stay; 0 where it is not said. */
  readonly active?: number;
  readonly inactive?: number;
  /** The busy state of every one that is in the registry, where it tells something. */
  readonly busy?: number;
  /**
   * Of leaked ones a piece of each line that took a reference which nobody gives back, where that is no line with a fault:
   * the fault is that it is not given back.
   */
  readonly takenAt?: readonly string[];
  /** What the product says of it, where that is less sure than the truth. */
  readonly certainty?: 'possible';
}

/** A second kext that is loaded after the first one. */
export interface Neighbour {
  /** The name of its only source, without the ending. */
  readonly name: string;
  readonly personalities: { readonly [name: string]: Personality };
  /** It links against the first one. */
  readonly dependsOnFirst?: boolean;
}

/** What is known about a driver of the gallery because it was written so. */
export interface Truth {
  /** How it goes wrong or, of a clean one, why it looks as if it did. */
  readonly about: string;
  readonly case?: FailureCase;
  readonly signals: readonly Signal[];
  readonly personalities: { readonly [name: string]: Personality };
  /** Classes whose start() has not come back when the load is done: the load says so. */
  readonly stillStarting?: readonly string[];
  /** Loaded after it and never unloaded. */
  readonly neighbour?: Neighbour;
  readonly happens?: readonly Step[];
  /** What the unload comes to. */
  readonly unload: 'refused' | 'unloaded' | 'dependents' | 'stopFailed';
  /** Classes that a first attempt is refused for, and that are gone when the product tries again. */
  readonly refusedAtFirst?: readonly string[];
  /** Every class that the refusal names. */
  readonly classes?: readonly ClassTruth[];
  /** Classes in use after a refusal that names none and terminates nothing. */
  readonly inUse?: readonly string[];
  /** A piece of each line that is marked as a fault in the source, in the order of the lines. */
  readonly faults?: readonly string[];
  /** Objects of the kernel's own classes that the driver loses: nobody names them. */
  readonly lostKernelObjects?: { readonly [className: string]: number };
}

/** A personality that matches without hardware. */
export const onResources = (ioClass: string, more: Personality = {}): Personality => ({
  IOClass: ioClass,
  IOMatchCategory: ioClass,
  IOProviderClass: 'IOResources',
  IOResourceMatch: 'IOKit',
  ...more,
});

/** A personality that matches a device of that name. */
export const onDevice = (ioClass: string, name: string): Personality => ({
  IOClass: ioClass,
  IOProviderClass: 'IOPlatformDevice',
  IONameMatch: name,
});

export const plug = (name: string): Step => ({ event: 'plug', name });

export const unplug = (name: string): Step => ({ event: 'unplug', name });

/** A process opens the driver and gets a connection; `pid` tells several apart. */
export const open = (service: string, pid = 501): Step => ({
  event: 'open',
  process: 'tool',
  pid,
  service,
  type: 0,
  connection: pid,
});

const calling =
  (event: 'call' | 'callAsync') =>
  (selector: number, scalars: readonly number[] = [], connection = 501): Step => ({
    event,
    connection,
    selector,
    scalars,
    scalarOutputs: 1,
  });

/** A process calls through its connection; it has room for one result. */
export const call = calling('call');

/** The process is left inside the call. */
export const callAndStay = calling('callAsync');

export const close = (connection = 501): Step => ({ event: 'close', connection });

export const quit = (pid = 501): Step => ({ event: 'quit', pid });

export const wait = (seconds: number): Step => ({ event: 'wait', seconds });
