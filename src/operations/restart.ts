import type { SimulatedMacSwitches } from '../tools/simulatedMacSwitches.ts';
import { guarded } from './guarded.ts';
import type { Operation, OperationResult } from './operation.ts';

/**
 * Restarts the Simulated Mac. What was found about the kext in the boot that ended no longer holds; a build that waited
 * for the restart is still remembered.
 */
export function restartSimulatedMac(
  operation: Operation,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
): Promise<OperationResult> {
  return guarded(operation, signal, async () => {
    await switches.restart(signal);
    const pending = (await operation.records.read())?.pending;
    if (pending === undefined) await operation.records.clear();
    else await operation.records.write({ bootTime: undefined, diagnoses: [], pending });
    return { outcome: 'restarted', phases: [], diagnoses: [] };
  });
}
