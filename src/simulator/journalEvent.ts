import type { Bencodable } from './bencode.ts';
import type { KernelAnswer } from './kernelAnswer.ts';
import type { DataClass } from './load/dataClasses.ts';
import type { Scenario } from './systems/simulatedSystem.ts';

/** A personality as the catalogue gets it: a property tree. */
export type Personality = { readonly [key: string]: Bencodable };

/** What happened to the Simulated Mac, in order: requests, never results, so that replaying them runs the code again. */
export type JournalEvent =
  | BootEvent
  | InstallEvent
  | LoadEvent
  | UnloadEvent
  | ApprovalEvent
  | CollectEvent
  | ProcessEvent
  | PlugEvent
  | WaitEvent
  | PanicEvent
  | CleanEvent;

/** The Mac started. Nothing before it matters to a replay. `time` in seconds since 1970. */
export interface BootEvent {
  readonly event: 'boot';
  readonly time: number;
  /** Absent on macOS 10.15. */
  readonly system?: Scenario;
  /** The auxiliary collection that was started, and what its owner has approved so far; absent where there is nothing. */
  readonly collection?: readonly CollectedKext[];
  readonly approved?: readonly KextIdentity[];
  /** Present on a Mac that has more than Apple's libraries. */
  readonly otherKexts?: OtherKexts;
}

/** How many kexts of Apple and other vendors a Mac lists besides, and how many classes these have together. */
export interface OtherKexts {
  readonly kexts: number;
  readonly classes: number;
}

/** A bundle was copied onto the disk. */
export interface InstallEvent {
  readonly event: 'install';
  readonly path: string;
}

/** kextload was given a bundle. */
export interface LoadEvent {
  readonly event: 'load';
  readonly identifier: string;
  readonly version: string;
  /** OSBundleCompatibleVersion: it is a library for other kexts. */
  readonly compatible?: string;
  readonly uuid: string;
  /** The SHA-256 under which its code is kept in the store; absent where its code is not run. */
  readonly twin?: string;
  /** Of a kext whose code is not run. */
  readonly classes?: readonly DataClass[];
  /** Bytes of the Mach-O executable. */
  readonly size: number;
  readonly dependencies: readonly string[];
  readonly personalities: { readonly [name: string]: Personality };
  /** OSBundleAllowUserTerminate, where it is given: whether an unload may terminate its services. */
  readonly allowUserTerminate?: boolean;
}

export interface UnloadEvent {
  readonly event: 'unload';
  readonly identifier: string;
  /** Seconds of its own time for which the Mac is left alone once the kext is gone. */
  readonly seconds?: number;
}

/** Which bundle of a kext: one that was changed is another one. */
export interface KextIdentity {
  readonly identifier: string;
  /** SHA-256 of what of it is collected. */
  readonly contents: string;
}

/** A load was asked for that the Mac's owner has to approve (`askApproval`); the owner did. */
export interface ApprovalEvent {
  readonly event: 'askApproval' | 'approve';
  readonly kexts: readonly KextIdentity[];
}

/** A kext of the auxiliary collection: all that its load needs, and the bundle that it was collected from. */
export interface CollectedKext extends Omit<LoadEvent, 'event'>, KextIdentity {
  readonly path: string;
}

/** The auxiliary collection was built. It is started at the next boot. */
export interface CollectEvent {
  readonly event: 'collect';
  readonly kexts: readonly CollectedKext[];
}

/** One step of a process that uses a driver (IOServiceOpen, IOConnectCallMethod, IOServiceClose, exit). */
export type ProcessEvent =
  | {
      readonly event: 'open';
      readonly process: string;
      readonly pid: number;
      readonly service: string;
      readonly type: number;
      readonly connection: number;
      /** How many events were written together with it; where fewer follow, the process died over them. */
      readonly following?: number;
    }
  | {
      /** After `callAsync` the next event comes at once, with the process left inside the driver. */
      readonly event: 'call' | 'callAsync';
      readonly connection: number;
      readonly selector: number;
      readonly scalars: readonly number[];
      readonly scalarOutputs: number;
    }
  | { readonly event: 'close'; readonly connection: number }
  | { readonly event: 'quit'; readonly pid: number };

/** A device was put into the Mac or pulled out of it; its nub, an IOPlatformDevice, has this name. */
export interface PlugEvent {
  readonly event: 'plug' | 'unplug';
  readonly name: string;
}

/** Nobody did anything. */
export interface WaitEvent {
  readonly event: 'wait';
  readonly seconds: number;
}

/** The kernel panicked, by the event before or because somebody made it; a boot follows. */
export interface PanicEvent {
  readonly event: 'panic';
  readonly reason: string;
}

/**
 * Of all that happened since the start nothing is left in the kernel but its clock, its log and what its numbers have come
 * to: it goes on from here, and what was before needs no replay.
 */
export interface CleanEvent {
  readonly event: 'clean';
  readonly resume: Pick<KernelAnswer, 'clock' | 'log' | 'nextEntry' | 'nextKext' | 'nextAddress'>;
  /** How many processes were started since the Mac was. */
  readonly processes: number;
}
