import { buildProject } from '../operations/build.ts';
import { type Exercise, exerciseDriver } from '../operations/exercise.ts';
import type { Operation, OperationResult } from '../operations/operation.ts';
import { reloadKext } from '../operations/reload.ts';
import { restartSimulatedMac } from '../operations/restart.ts';
import { unloadKext } from '../operations/unload.ts';
import { UsageError } from './options.ts';

/** The commands that do something to a project's kext on a target. */
export type OperationCommand = (operation: Operation, signal: AbortSignal) => Promise<CommandResult>;

/** What a command came to; with a process's steps where one used the driver. */
export type CommandResult = OperationResult & Partial<Pick<Exercise, 'process' | 'steps'>>;

/** The operation commands by their names on the command line. */
export const operationCommands: Readonly<Record<string, OperationCommand>> = {
  reload: reloadKext,
  unload: unloadKext,
  build: async (operation, signal) => {
    const { bundle, diagnoses } = await buildProject(operation, signal);
    const outcome = bundle === undefined ? 'failed' : 'built';
    return { outcome, phases: [], diagnoses, ...(bundle === undefined ? {} : { bundle }) };
  },
  exercise: (operation, signal) => exerciseDriver(operation, switchesOf(operation), signal),
  restart: async (operation, signal) => restartSimulatedMac(operation, switchesOf(operation), signal),
  reset: async (operation, signal) => {
    await switchesOf(operation).reset(signal);
    await operation.records.clear();
    return { outcome: 'reset', phases: [], diagnoses: [] };
  },
};

function switchesOf({ target }: Operation) {
  if (target.switches === undefined) throw new UsageError('only the Simulated Mac can do that: --target simulated');
  return target.switches;
}
