/** How a process uses a driver: it opens the service, calls external methods, closes and exits. */
export interface DriverUse {
  /** Its name, as `IOUserClientCreator` shows it. */
  readonly process: string;
  /** Class of the service that it opens (IOServiceMatching). */
  readonly service: string;
  /** The `type` that it gives to IOServiceOpen. */
  readonly type: number;
  readonly calls: readonly DriverCall[];
}

/** One IOConnectCallScalarMethod. */
export interface DriverCall {
  readonly selector: number;
  readonly scalars: readonly number[];
  /** How many scalar results it makes room for. */
  readonly scalarOutputs: number;
}

/** What one step of a use came to: 0, or an IOReturn as an unsigned number. */
export interface UsedStep {
  readonly step: string;
  readonly status: number;
}
