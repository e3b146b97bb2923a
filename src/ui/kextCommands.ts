import * as vscode from 'vscode';
import { exerciseDriver } from '../operations/exercise.ts';
import type { OperationResult } from '../operations/operation.ts';
import { finishReload, reloadKext } from '../operations/reload.ts';
import { restartSimulatedMac } from '../operations/restart.ts';
import { unloadKext } from '../operations/unload.ts';
import { autopsyText, verdictsText } from './autopsyText.ts';
import type { CommandId } from './commandIds.ts';
import { goToClass } from './goToClass.ts';
import type { KextSession } from './kextSession.ts';
import { openDemo } from './openDemo.ts';
import type { OperationQueue, Work } from './operationQueue.ts';
import { saveProject } from './saveProject.ts';
import { selectTarget } from './selectTarget.ts';
import type { SessionWorld } from './sessionWorld.ts';
import type { TreeRow } from './treeRow.ts';

/** What the commands work with. */
export interface CommandParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
  readonly world: SessionWorld;
  readonly log: vscode.LogOutputChannel;
}

/** Registers every command of the manifest. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { session, queue, world, log } = parts;
  const commands: Record<CommandId, (argument?: unknown) => unknown> = {
    'kext.reload': async () => {
      await saveProject(session);
      tellReload(parts, await queue.run({ title: 'Reload', replacesBuild: true }, reloadKext));
    },
    'kext.finishReload': async () => tellReload(parts, await queue.run({ title: 'Finish reloading' }, finishReload)),
    'kext.unload': async () => tellUnload(parts, await queue.run({ title: 'Unload' }, unloadKext)),
    'kext.refresh': () => session.refresh(),
    'kext.selectTarget': () => selectTarget(session, world),
    'kext.openDemo': () => openDemo(world.demoFolder),
    'kext.simulated.exercise': async () =>
      tellExercise(await queue.run({ title: 'Use' }, onSimulatedMac(exerciseDriver))),
    'kext.simulated.restart': () => queue.run({ title: 'Restart for' }, onSimulatedMac(restartSimulatedMac)),
    'kext.showLog': () => log.show(),
    'kext.goToClass': row => goToClass(session, (row as TreeRow | undefined)?.className),
  };
  const registered = Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run));
  return vscode.Disposable.from(...registered);
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

function tellReload(parts: CommandParts, result: OperationResult | undefined): void {
  // Waiting is no error: the status item says what is awaited, and the Problems keep the reason.
  if (result?.outcome !== 'waitingForRestart') tellUnload(parts, result);
}

function tellFailed(result: OperationResult): void {
  const first = result.diagnoses.find(({ severity }) => severity === 'error');
  void vscode.commands.executeCommand('workbench.actions.view.problems');
  if (first?.about !== 'build') offer(first?.message ?? 'The reload failed.', result);
}

function tellUnload({ session }: CommandParts, result: OperationResult | undefined): void {
  if (result === undefined) return;
  const kext = session.view.own?.bundleIdentifier ?? 'The kext';
  switch (result.outcome) {
    case 'loaded':
    case 'unloaded':
    case 'cancelled':
      return;
    case 'notFound':
      void vscode.window.showInformationMessage(`${kext} is not loaded on ${session.view.target?.called}.`);
      return;
    case 'failed':
      tellFailed(result);
      return;
    default: {
      const why = verdictsText(result.diagnoses) || (result.diagnoses[0]?.message ?? result.outcome);
      void vscode.commands.executeCommand('workbench.actions.view.problems');
      offer(`${kext} was not unloaded: ${why}${why.endsWith('.') ? '' : '.'}`, result);
    }
  }
}

function offer(message: string, { diagnoses }: OperationResult): void {
  void vscode.window.showErrorMessage(message, 'Show Problems', 'Copy Autopsy').then(choice => {
    if (choice === 'Show Problems') void vscode.commands.executeCommand('workbench.actions.view.problems');
    if (choice === 'Copy Autopsy') void vscode.env.clipboard.writeText(autopsyText(diagnoses));
  });
}

function tellExercise(result: Awaited<ReturnType<typeof exerciseDriver>> | undefined): void {
  if (result === undefined || result.outcome === 'used' || result.outcome === 'cancelled') return;
  if (result.diagnoses.length > 0) {
    tellFailed(result);
    return;
  }
  const wrong = result.steps.find(({ status }) => status !== 0);
  const status = wrong === undefined ? '' : `: ${wrong.step} gave 0x${wrong.status.toString(16)}`;
  void vscode.window.showWarningMessage(`${result.process} could not use the driver${status}.`);
}
