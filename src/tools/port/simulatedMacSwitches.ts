import type { DriverUse, DriverUsed } from '../../model/driverUse.ts';

/**
 * What only the Simulated Mac lets one do: be the user who sits before it. Each rejects with TargetLost when a driver
 * panics over it.
 */
export interface SimulatedMacSwitches {
  /** A process uses a driver. */
  use(use: DriverUse, signal: AbortSignal): Promise<DriverUsed>;
  /** Somebody quits a process. Rejects with SwitchRefused where no such process runs. */
  quit(pid: number, signal: AbortSignal): Promise<void>;
  /** Somebody puts a device in. Rejects with SwitchRefused where it is in already. */
  plug(device: string, signal: AbortSignal): Promise<void>;
  /** Somebody pulls a device out. Rejects with SwitchRefused where it is not in. */
  unplug(device: string, signal: AbortSignal): Promise<void>;
  /** Somebody makes the kernel panic, and the Mac restarts: the panic can be taken from the target afterwards. */
  panic(signal: AbortSignal): Promise<void>;
  /** Its owner approves the kexts that wait for it. Rejects with SwitchRefused where none does. */
  approve(signal: AbortSignal): Promise<void>;
  /** The Mac restarts: nothing is loaded, /private/tmp is empty. */
  restart(signal: AbortSignal): Promise<void>;
  /** A Mac fresh from the box. */
  reset(signal: AbortSignal): Promise<void>;
}
