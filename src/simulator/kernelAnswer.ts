/** What the simulated kernel prints after a replay (media/simulated-mac/README.md). */
export interface KernelAnswer {
  /** Virtual nanoseconds since boot. */
  readonly clock: number;
  /** Threads that have not ended: something will go on when time passes. */
  readonly threads: number;
  /** What the next registry entry and the next kext get. */
  readonly nextEntry: number;
  readonly nextKext: number;
  /** Whole pages, so exact although it exceeds 2^53. */
  readonly nextAddress: number;
  /** The newest lines of the kernel log, oldest first. */
  readonly log: readonly KernelLogLine[];
  /** One result for each event, in order. */
  readonly events: readonly KernelEventResult[];
  readonly kexts: readonly KernelKext[];
  readonly classes: readonly KernelClass[];
  readonly registry: KernelRegistryEntry;
}

export interface KernelLogLine {
  /** Virtual nanoseconds since boot. */
  readonly time: number;
  readonly text: string;
}

export interface KernelEventResult {
  /** 0, or an OSReturn/IOReturn as an unsigned number. */
  readonly status: number;
  /** Kernel log lines of this event. */
  readonly log: readonly string[];
  /** Scalar results of a call. */
  readonly scalars?: readonly number[];
  /** The event has not returned: a thread of it is inside the kernel still. */
  readonly running?: true;
}

export interface KernelKext {
  readonly index: number;
  readonly identifier: string;
  readonly version: string;
  /** Empty where the executable has none. */
  readonly uuid: string;
  /** Whole pages, so exact although it exceeds 2^53. */
  readonly address: number;
  readonly size: number;
  readonly wired: number;
  readonly references: number;
  /** Load indexes. */
  readonly dependencies: readonly number[];
  readonly started: boolean;
}

export interface KernelClass {
  readonly name: string;
  readonly superclass: string | null;
  readonly kext: string;
  readonly count: number;
}

export type KernelProperty =
  | string
  | number
  | boolean
  /** Decimal digits of a number that would not be exact otherwise. */
  | { readonly OSNumber: string }
  | readonly KernelProperty[]
  | { readonly [key: string]: KernelProperty };

export interface KernelRegistryEntry {
  readonly id: string;
  readonly name: string;
  readonly location?: string;
  readonly class: string;
  /** Root-most first. */
  readonly inheritance: readonly string[];
  readonly service: boolean;
  /** IOService's first state word, as `ioreg -a` prints it. */
  readonly state: number;
  readonly registered: boolean;
  readonly matched: boolean;
  readonly active: boolean;
  readonly busy: number;
  /** Virtual nanoseconds. */
  readonly busyTime: number;
  readonly retain: number;
  readonly properties: { readonly [key: string]: KernelProperty };
  readonly children: readonly KernelRegistryEntry[];
}

/** The kernel's last words when it panicked while it carried out event number `event`. */
export interface KernelPanic {
  readonly reason: string;
  readonly event: number;
  readonly kext: string | null;
  /** Name of the thread that panicked. */
  readonly thread?: string;
  readonly log: readonly string[];
  /** Innermost first. `image` is the path of a twin, or `kernel`. */
  readonly frames: readonly { readonly image: string; readonly offset: number }[];
}
