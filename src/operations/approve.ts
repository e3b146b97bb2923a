import type { SimulatedMacSwitches } from '../tools/port/simulatedMacSwitches.ts';
import type { Operation, OperationResult } from './operation.ts';
import { turnSwitch } from './turnSwitch.ts';

/**
 * The owner of the Simulated Mac approves what waits for it, as in System Settings: the new collection is built, and the
 * kext waits for the restart alone. Rejects with SwitchRefused where nothing waits.
 */
export function approveKext(
  operation: Operation,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
): Promise<OperationResult> {
  return turnSwitch(operation, 'approved', signal, async () => {
    await switches.approve(signal);
    const record = await operation.records.read();
    if (record?.pending !== undefined)
      await operation.records.write({ ...record, pending: { ...record.pending, until: 'restart' } });
  });
}
