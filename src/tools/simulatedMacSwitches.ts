import type { DriverUse, UsedStep } from '../model/driverUse.ts';

/** What only the Simulated Mac lets one do: be the user who sits before it. */
export interface SimulatedMacSwitches {
  /** A process uses a driver. Rejects with TargetLost when the driver panics. */
  use(use: DriverUse, signal: AbortSignal): Promise<readonly UsedStep[]>;
  /** The Mac restarts: nothing is loaded, /private/tmp is empty. */
  restart(signal: AbortSignal): Promise<void>;
  /** A Mac fresh from the box. */
  reset(signal: AbortSignal): Promise<void>;
}
