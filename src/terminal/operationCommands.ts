import { approveKext } from '../operations/approve.ts';
import { buildKext } from '../operations/buildKext.ts';
import { exerciseDriver } from '../operations/exercise.ts';
import { installKext } from '../operations/installKext.ts';
import { loadKext } from '../operations/loadKext.ts';
import type { Operation } from '../operations/operation.ts';
import { reloadKext } from '../operations/reload.ts';
import { panicSimulatedMac, resetSimulatedMac, restartSimulatedMac } from '../operations/restart.ts';
import { turnSwitch } from '../operations/turnSwitch.ts';
import { uninstallKext } from '../operations/uninstallKext.ts';
import { unloadKext } from '../operations/unload.ts';
import type { ToldResult } from '../report/outcomeText.ts';
import { type Options, UsageError } from './options.ts';

/** The commands that do something to a project's kext on a target. */
export type OperationCommand = (
  operation: Operation,
  options: Pick<Options, 'arguments'>,
  signal: AbortSignal,
) => Promise<ToldResult>;

/** The operation commands by their names on the command line. */
export const operationCommands: Readonly<Record<string, OperationCommand>> = {
  reload: (operation, _, signal) => reloadKext(operation, signal),
  unload: (operation, _, signal) => unloadKext(operation, signal),
  build: (operation, _, signal) => buildKext(operation, signal),
  install: (operation, _, signal) => installKext(operation, signal),
  load: (operation, _, signal) => loadKext(operation, signal),
  uninstall: (operation, _, signal) => uninstallKext(operation, signal),
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
  reset: async (operation, _, signal) => resetSimulatedMac(operation, switchesOf(operation), signal),
};

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
