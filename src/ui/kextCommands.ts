import * as vscode from 'vscode';
import { approveKext } from '../operations/approve.ts';
import { exerciseDriver } from '../operations/exercise.ts';
import type { OperationResult } from '../operations/operation.ts';
import { finishReload, reloadKext } from '../operations/reload.ts';
import { restartSimulatedMac } from '../operations/restart.ts';
import { turnSwitch } from '../operations/turnSwitch.ts';
import { unloadKext } from '../operations/unload.ts';
import { chooseUse, usualUse } from './chooseUse.ts';
import type { CommandId } from './commandIds.ts';
import { goToClass } from './goToClass.ts';
import type { KextSession } from './kextSession.ts';
import { openDemo } from './openDemo.ts';
import type { OperationQueue, Work } from './operationQueue.ts';
import { chooseProcess } from './quitProcess.ts';
import { saveProject } from './saveProject.ts';
import { selectTarget } from './selectTarget.ts';
import type { SessionWorld } from './sessionWorld.ts';
import { tellEnding, tellExercise } from './tellEnding.ts';
import type { TreeRow } from './treeRow.ts';

/** What the commands work with. */
export interface CommandParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
  readonly world: Pick<SessionWorld, 'targets' | 'demoFolder'>;
  readonly showLog: () => void;
  /** Shows the row of a class. */
  readonly reveal: (className: string | undefined) => unknown;
}

/** Registers every command of the manifest. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { session, queue, world, showLog, reveal } = parts;
  const commands: Record<CommandId, (argument?: unknown) => unknown> = {
    'kext.reload': async () => {
      await saveProject(session);
      const result = await queue.run({ title: 'Reload', replacesBuild: true }, reloadKext);
      tellEnding('reload', result, session.view);
    },
    'kext.finishReload': async () => {
      tellEnding('reload', await queue.run({ title: 'Finish reloading' }, finishReload), session.view);
    },
    'kext.unload': async () => tellEnding('unload', await queue.run({ title: 'Unload' }, unloadKext), session.view),
    'kext.refresh': () => session.refresh(),
    'kext.selectTarget': () => selectTarget(session, world),
    'kext.openDemo': () => openDemo(world.demoFolder),
    'kext.simulated.exercise': () => useDriver(parts, usualUse),
    'kext.simulated.exerciseAs': () => useDriver(parts, chooseUse),
    'kext.simulated.quit': () => quitProcess(parts),
    'kext.simulated.approve': () => queue.run({ title: 'Approve' }, onSimulatedMac(approveKext)),
    'kext.simulated.restart': () => queue.run({ title: 'Restart for' }, onSimulatedMac(restartSimulatedMac)),
    'kext.showLog': showLog,
    'kext.showInstances': name => reveal(typeof name === 'string' ? name : undefined),
    'kext.goToClass': row => goToClass(session, (row as TreeRow | undefined)?.className),
  };
  const registered = Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run));
  return vscode.Disposable.from(...registered);
}

async function useDriver({ session, queue }: CommandParts, choose: typeof chooseUse): Promise<void> {
  const use = await choose(session.view.own?.folder ?? '');
  if (use === undefined) return;
  const exercise = onSimulatedMac((operation, switches, signal) =>
    exerciseDriver(operation, switches, signal, use.name),
  );
  tellExercise(await queue.run({ title: 'Use' }, exercise), session.view);
}

async function quitProcess({ session, queue }: CommandParts): Promise<void> {
  const process = await chooseProcess(session);
  if (process === undefined) return;
  const quit = onSimulatedMac((operation, switches, signal) =>
    turnSwitch(operation, 'quit', signal, () => switches.quit(process.pid, signal)),
  );
  await queue.run({ title: `Quit ${process.name} for` }, quit);
}

type SimulatedWork<R extends OperationResult> = (
  operation: Parameters<Work<R>>[0],
  switches: NonNullable<Parameters<Work<R>>[0]['target']['switches']>,
  signal: AbortSignal,
) => Promise<R>;

function onSimulatedMac<R extends OperationResult>(work: SimulatedWork<R>): Work<R> {
  return (operation, signal) => {
    const { switches, name } = operation.target;
    if (switches === undefined) throw new Error(`Only the Simulated Mac can do that, and the target is ${name}.`);
    return work(operation, switches, signal);
  };
}
