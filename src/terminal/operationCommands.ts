import { approveKext } from '../operations/approve.ts';
import { buildProject } from '../operations/build.ts';
import { type Exercise, exerciseDriver } from '../operations/exercise.ts';
import { guarded } from '../operations/guarded.ts';
import type { Operation, OperationResult } from '../operations/operation.ts';
import { reloadKext } from '../operations/reload.ts';
import { panicSimulatedMac, restartSimulatedMac } from '../operations/restart.ts';
import { turnSwitch } from '../operations/turnSwitch.ts';
import { unloadKext } from '../operations/unload.ts';
import { type Options, UsageError } from './options.ts';

/** The commands that do something to a project's kext on a target. */
export type OperationCommand = (
  operation: Operation,
  options: Pick<Options, 'arguments'>,
  signal: AbortSignal,
) => Promise<CommandResult>;

/** What a command came to; with a process's steps where one used the driver. */
export type CommandResult = OperationResult & Partial<Pick<Exercise, 'process' | 'steps' | 'pid'>>;

/** The operation commands by their names on the command line. */
export const operationCommands: Readonly<Record<string, OperationCommand>> = {
  reload: (operation, _, signal) => reloadKext(operation, signal),
  unload: (operation, _, signal) => unloadKext(operation, signal),
  build: (operation, _, signal) => buildAlone(operation, signal),
  exercise: (operation, { arguments: [name] }, signal) =>
    exerciseDriver(operation, switchesOf(operation), signal, name),
  approve: async (operation, _, signal) => approveKext(operation, switchesOf(operation), signal),
  restart: async (operation, _, signal) => restartSimulatedMac(operation, switchesOf(operation), signal),
  quit: async (operation, { arguments: [word] }, signal) => {
    const [switches, pid] = [switchesOf(operation), pidOf(word)];
    return turnSwitch(operation, 'quit', signal, () => switches.quit(pid, signal));
  },
  plug: async (operation, { arguments: [word] }, signal) => {
    const [switches, device] = [switchesOf(operation), deviceOf(word)];
    return turnSwitch(operation, 'plugged', signal, () => switches.plug(device, signal));
  },
  unplug: async (operation, { arguments: [word] }, signal) => {
    const [switches, device] = [switchesOf(operation), deviceOf(word)];
    return turnSwitch(operation, 'unplugged', signal, () => switches.unplug(device, signal));
  },
  panic: async (operation, _, signal) => panicSimulatedMac(operation, switchesOf(operation), signal),
  reset: async (operation, _, signal) => reset(operation, switchesOf(operation), signal),
};

function buildAlone(operation: Operation, signal: AbortSignal): Promise<OperationResult> {
  return guarded(operation, signal, async phases => {
    const { bundle, diagnoses } = await phases.run(
      'building',
      signal,
      () => buildProject(operation, signal),
      result => (result.bundle === undefined ? 'failed' : 'done'),
    );
    const outcome = bundle === undefined ? 'failed' : 'built';
    return { outcome, phases: phases.records, diagnoses, ...(bundle === undefined ? {} : { bundle }) };
  });
}

function reset(
  operation: Operation,
  switches: ReturnType<typeof switchesOf>,
  signal: AbortSignal,
): Promise<OperationResult> {
  return guarded(operation, signal, async () => {
    await switches.reset(signal);
    await operation.records.clear();
    return { outcome: 'reset', phases: [], diagnoses: [] };
  });
}

function switchesOf({ target }: Operation) {
  if (target.switches === undefined) throw new UsageError('only the Simulated Mac can do that: --target simulated');
  return target.switches;
}

function pidOf(word: string | undefined): number {
  if (word !== undefined && /^[1-9]\d{0,8}$/.test(word)) return Number(word);
  throw new UsageError(`quit takes the pid of a process, as 401${word === undefined ? '' : `; this is none: ${word}`}`);
}

function deviceOf(word: string | undefined): string {
  if (word === undefined || word === '') throw new UsageError('which device? Its name follows');
  return word;
}
