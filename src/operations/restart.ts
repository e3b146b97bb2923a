import { panicked } from '../diagnosis/panicked.ts';
import type { SimulatedMacSwitches } from '../tools/simulatedMacSwitches.ts';
import { forgetTheBoot } from './forgetTheBoot.ts';
import { guarded } from './guarded.ts';
import { factsOf } from './kextFacts.ts';
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
    await forgetTheBoot(operation.records);
    return { outcome: 'restarted', phases: [], diagnoses: [] };
  });
}

/** Makes the Simulated Mac panic, after which it has restarted; the panic is among the findings. */
export function panicSimulatedMac(
  operation: Operation,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
): Promise<OperationResult> {
  return guarded(operation, signal, async () => {
    await switches.panic(signal);
    await forgetTheBoot(operation.records);
    const panic = await operation.target.takePanic(signal);
    const diagnoses = panic === undefined ? [] : [panicked(factsOf(operation), panic)];
    return { outcome: 'panicked', phases: [], diagnoses };
  });
}
