/** How a process uses a driver: it opens the service, calls external methods, and then closes and exits, or stays. */
export interface DriverUse {
  /** Its name, as `IOUserClientCreator` shows it. */
  readonly process: string;
  /** Class of the service that it opens (IOServiceMatching). */
  readonly service: string;
  /** The `type` that it gives to IOServiceOpen. */
  readonly type: number;
  readonly calls: readonly DriverCall[];
  /** It neither closes nor exits: the driver stays open until somebody quits the process or the Mac restarts. */
  readonly keepsRunning: boolean;
}

/** One IOConnectCallScalarMethod. */
export interface DriverCall {
  readonly selector: number;
  readonly scalars: readonly number[];
  /** How many scalar results it makes room for. */
  readonly scalarOutputs: number;
  /** Made by a thread of its own: the process goes on while the call is inside the driver. */
  readonly inBackground?: boolean;
}

/** What one step of a use came to: 0, or an IOReturn as an unsigned number. */
export interface UsedStep {
  readonly kind: 'open' | 'call' | 'close';
  /** The class of the service that it opens, or the selector that it calls. */
  readonly name?: string;
  readonly status: number;
  /** The call is inside the driver still. */
  readonly hasNotReturned?: boolean;
}

/** `open Turbine`, `call 2`, `close` */
export function stepText({ kind, name }: Pick<UsedStep, 'kind' | 'name'>): string {
  return name === undefined ? kind : `${kind} ${name}`;
}

/** A process of a Mac. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
}

/** What a process did with a driver. */
export interface DriverUsed {
  readonly steps: readonly UsedStep[];
  /** Present where the process stays. */
  readonly running?: RunningProcess;
}
