import type { SimulatedMacSwitches } from '../tools/simulatedMacSwitches.ts';
import { guarded } from './guarded.ts';
import type { Operation, OperationResult } from './operation.ts';

/** Makes the Simulated Mac one that is fresh from the box; nothing that was known of the kext on it holds. */
export function resetMac(
  operation: Operation,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
): Promise<OperationResult> {
  return guarded(operation, signal, async () => {
    await switches.reset(signal);
    await operation.records.clear();
    return { outcome: 'reset', phases: [], diagnoses: [] };
  });
}
