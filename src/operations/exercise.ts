import type { UsedStep } from '../model/driverUse.ts';
import type { SimulatedMacSwitches } from '../tools/simulatedMacSwitches.ts';
import { type DriverUseFile, driverUseSuffix, readDriverUses } from './driverUseFile.ts';
import { guarded } from './guarded.ts';
import type { Operation, OperationResult } from './operation.ts';

/** What the process did, step by step. */
export interface Exercise extends OperationResult {
  readonly process: string | undefined;
  readonly steps: readonly UsedStep[];
}

/** No description of a use was found, or it has a mistake; the message says what is expected. */
export class NoDriverUse extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoDriverUse';
  }
}

/** Use the Driver: a process of the Simulated Mac opens the service, calls it and exits, as the project describes. */
export async function exerciseDriver(
  operation: Operation,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
): Promise<Exercise> {
  const use = chosenUse(await readDriverUses(operation.project.folder), operation.project.folder);
  let steps: readonly UsedStep[] = [];
  const result = await guarded(operation, signal, async () => {
    steps = await switches.use(use, signal);
    const failed = steps.some(({ status }) => status !== 0);
    return { outcome: failed ? 'failed' : 'used', phases: [], diagnoses: [] };
  });
  return { ...result, process: use.process, steps };
}

function chosenUse(files: readonly DriverUseFile[], folder: string) {
  const [first] = files;
  if (first === undefined) {
    throw new NoDriverUse(
      `Nothing in ${folder} says how a process uses the driver: expected a file NAME${driverUseSuffix}`,
    );
  }
  if ('problem' in first) throw new NoDriverUse(first.problem);
  return first.use;
}
