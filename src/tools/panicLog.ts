/** A return address of the panicked thread. */
export interface PanicLogFrame {
  /** Without the bits that pointer authentication adds. */
  readonly address: bigint;
  readonly framePointer: bigint | undefined;
  /** `mach_kernel` or the bundle identifier; printed with the boot argument keepsyms=1 alone. */
  readonly image: string | undefined;
  /** Mangled, with the leading `_`, as the kernel printed it. */
  readonly symbol: string | undefined;
  /** Bytes from the symbol to the address. */
  readonly offset: bigint | undefined;
  readonly text: string;
}

/** A kext that a backtrace's kext needs. */
export interface PanicLogDependency {
  readonly name: string;
  readonly version: string;
  readonly uuid: string | undefined;
  readonly start: bigint | undefined;
  /** The last byte; printed since macOS 11. */
  readonly end: bigint | undefined;
  readonly text: string;
}

/** A kext in whose code a return address of the backtrace lies. */
export interface PanicLogKext extends PanicLogDependency {
  readonly dependencies: readonly PanicLogDependency[];
}

/** A kext of the list of what was loaded. */
export interface PanicLogLoadedKext {
  readonly name: string;
  /** The name as the log has it, where the kernel shortened it. */
  readonly printedName: string;
  readonly version: string | undefined;
}

/** The kext that was loaded or unloaded last before the panic. */
export interface PanicLogLastKext extends PanicLogLoadedKext {
  readonly what: 'loaded' | 'started' | 'unloaded' | 'stopped';
  /** Time since boot as the kernel counts it, in ns; exact for the first 104 days. */
  readonly at: number;
  readonly address: bigint | undefined;
  /** In bytes. */
  readonly size: number | undefined;
}

/** What a kernel wrote down as it panicked. */
export interface PanicLog {
  /** Where it starts, counted from 1. */
  readonly line: number;
  /** What stands behind `panic(cpu 0 caller 0x…): `, quotes and place in the source included. */
  readonly reason: string | undefined;
  /** The source file and line that called panic(), `trap.c:168`, without its folders. */
  readonly place: string | undefined;
  readonly cpu: number | undefined;
  readonly caller: bigint | undefined;
  readonly process: string | undefined;
  readonly pid: number | undefined;
  /** The build, `22G91`. */
  readonly systemVersion: string | undefined;
  readonly kernelVersion: string | undefined;
  readonly bootArgs: string | undefined;
  /** Innermost first. */
  readonly frames: readonly PanicLogFrame[];
  readonly kextsInBacktrace: readonly PanicLogKext[];
  readonly lastLoadedKext: PanicLogLastKext | undefined;
  readonly lastUnloadedKext: PanicLogLastKext | undefined;
  /** undefined where the log has no such list. */
  readonly loadedKexts: readonly PanicLogLoadedKext[] | undefined;
  readonly unloadedKexts: readonly PanicLogLoadedKext[] | undefined;
  /** Every line that is neither one frame nor one kext, verbatim and in order. */
  readonly details: readonly string[];
  /** The other members of an .ips file's two documents: texts as they are, everything else as JSON. */
  readonly report?: ReadonlyMap<string, string>;
}
