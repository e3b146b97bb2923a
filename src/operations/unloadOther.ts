import { ended } from './ended.ts';
import { guarded } from './guarded.ts';
import { attemptUnload, type LeavingKext } from './kernel/attemptUnload.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation, OperationResult } from './operation.ts';
import { keepFilesSafe } from './thisMacCare.ts';
import { phaseOutcome } from './unload/unloadProject.ts';

/**
 * Unloads a kext that is no project's, as onForeignKext gives it: of its source nothing is known, so what is found has no place. A
 * target that goes down under it is waited for, and told of, as with any unload. Rejects as Runner.run does.
 */
export function unloadOther(foreign: Operation, signal: AbortSignal): Promise<OperationResult> {
  const { target, project } = foreign;
  const kext: LeavingKext = {
    bundleIdentifier: project.bundleIdentifier,
    classes: [],
    declarations: async () => [],
    providerOf: () => undefined,
    anchorOf: () => undefined,
  };
  return guarded(
    foreign,
    signal,
    async (phases, signal) => {
      const unload = async () => {
        await keepFilesSafe(foreign);
        // Once the kernel was asked there is no way back.
        return attemptUnload(kext, target, neverCancelled());
      };
      const { outcome, diagnoses, after } = await phases.run('unloading', signal, unload, phaseOutcome);
      return ended(phases, outcome, diagnoses, undefined, after);
    },
    'unloaded',
  );
}
