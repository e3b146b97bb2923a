import { panicked } from '../diagnosis/panicked.ts';
import type { SimulatedMacSwitches } from '../tools/port/simulatedMacSwitches.ts';
import { guarded } from './guarded.ts';
import type { Operation, OperationResult } from './operation.ts';
import { factsOf } from './project/kextFacts.ts';
import { forgetTheBoot } from './record/forgetTheBoot.ts';
import { turnSwitch } from './turnSwitch.ts';

/**
 * Restarts the Simulated Mac. What was found about the kext in the boot that ended no longer holds; a build that waited
 * for the restart is still remembered.
 */
export function restartSimulatedMac(
  operation: Operation,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
): Promise<OperationResult> {
  return turnSwitch(operation, 'restarted', signal, async () => {
    await switches.restart(signal);
    await forgetTheBoot(operation.records);
  });
}

/** Makes the Simulated Mac one that is fresh from the box; nothing that was known of the workspace's kexts on it holds. */
export function resetSimulatedMac(
  operation: Operation,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
): Promise<OperationResult> {
  return turnSwitch(operation, 'reset', signal, async () => {
    await switches.reset(signal);
    for (const { records } of [operation, ...(operation.neighbours ?? [])]) {
      await records.clear();
      await records.panic.clear();
      await records.journal.clear();
      await records.atLoad.clear();
    }
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
    const panic = await operation.target.takePanic?.(signal);
    const diagnoses = panic === undefined ? [] : [panicked(factsOf(operation), panic)];
    return { outcome: 'panicked', phases: [], diagnoses };
  });
}
