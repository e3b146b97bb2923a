import type { SimulatedMacSwitches } from '../tools/simulatedMacSwitches.ts';
import type { Operation, OperationResult } from './operation.ts';

/**
 * Restarts the Simulated Mac. What was found about the kext in the boot that ended no longer holds; a build that waited
 * for the restart is still remembered.
 */
export async function restartSimulatedMac(
  { records }: Pick<Operation, 'records'>,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
): Promise<OperationResult> {
  await switches.restart(signal);
  const record = await records.read();
  if (record?.pending === undefined) await records.clear();
  else await records.write({ bootTime: record.bootTime, diagnoses: [], pending: record.pending });
  return { outcome: 'restarted', phases: [], diagnoses: [] };
}
