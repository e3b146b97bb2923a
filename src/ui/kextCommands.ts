import * as vscode from 'vscode';
import type { OperationResult } from '../operations/operation.ts';
import { askAfterPanic } from './askAfterPanic.ts';
import { askFilter } from './askFilter.ts';
import type { CaptureReviewPage } from './captureReview.ts';
import { chooseUse, usualUse } from './chooseUse.ts';
import type { CommandId } from './commandIds.ts';
import { copyAutopsy } from './copyAutopsy.ts';
import { Doctor } from './doctor.ts';
import { explainCause } from './explainCause.ts';
import type { ErrorExplanations } from './explainError.ts';
import { explainNothing } from './explainNothing.ts';
import { goToClass } from './goToClass.ts';
import type { KextSession } from './kextSession.ts';
import type { KextTree } from './kextTree.ts';
import { lazyWork, simulatedWork } from './lazyWork.ts';
import { openDemo } from './openDemo.ts';
import type { OperationQueue, Work } from './operationQueue.ts';
import { chooseProcess } from './quitProcess.ts';
import type { ReloadPlanPage } from './reloadPlan.ts';
import { saveProject } from './saveProject.ts';
import { selectBuild } from './selectBuild.ts';
import { selectKext } from './selectKext.ts';
import { selectTarget } from './selectTarget.ts';
import type { SessionWorld } from './sessionWorld.ts';
import { showPanicReport } from './showPanicReport.ts';
import { tellEnding, tellExercise } from './tellEnding.ts';
import type { TreeRow } from './treeRow.ts';
import { unloadOtherKext } from './unloadOther.ts';

/** What the commands work with. */
export interface CommandParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
  readonly plan: ReloadPlanPage;
  readonly explanations: ErrorExplanations;
  readonly captures: CaptureReviewPage;
  readonly world: Pick<
    SessionWorld,
    'offeredTargets' | 'targetNamed' | 'builds' | 'demoFolder' | 'causesFolder' | 'readTarget' | 'host'
  >;
  readonly showLog: () => void;
  readonly tree: KextTree;
  /** What is remembered for all windows. */
  readonly everywhere: vscode.Memento;
}

/** Registers every command of the manifest. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { session, queue, world, plan, showLog, tree } = parts;
  const doctor = new Doctor(parts);
  const commands: Record<CommandId, (argument?: unknown) => unknown> = {
    'kext.reload': () => reload(parts),
    'kext.finishReload': () => finishReload(parts),
    'kext.unload': async () => tellEnding('unload', await queue.run({ title: 'Unload' }, lazyWork('unload')), session),
    'kext.build': () => build(parts),
    'kext.install': () => install(parts),
    'kext.load': () => load(parts),
    'kext.uninstall': () => uninstall(parts),
    'kext.showReloadPlan': () => plan.show(),
    'kext.showPanicReport': () => showPanicReport(session.view.panicReport),
    'kext.replaceOperation': () => queue.replaceOther(),
    'kext.copyAutopsy': () => copyAutopsy(session.view.diagnoses),
    'kext.filter': () => askFilter(tree.filter, text => tree.setFilter(text)),
    'kext.clearFilter': () => tree.setFilter(''),
    'kext.refresh': () => session.refresh(),
    'kext.selectTarget': () => selectTarget(session, world),
    'kext.selectKext': async () => {
      await session.refresh();
      await selectKext(session);
    },
    'kext.selectBuild': () => selectBuild(session, world),
    'kext.openDemo': () => openDemo(world.demoFolder, parts.everywhere),
    'kext.simulated.exercise': () => useDriver(parts, usualUse),
    'kext.simulated.exerciseAs': () => useDriver(parts, chooseUse),
    'kext.simulated.quit': pid => quitProcess(parts, typeof pid === 'number' ? pid : undefined),
    'kext.simulated.approve': () => queue.run({ title: 'Approve' }, simulated('approve')),
    'kext.simulated.restart': () => queue.run({ title: 'Restart for' }, simulated('restart')),
    'kext.simulated.reset': () => reset(parts),
    'kext.showLog': showLog,
    'kext.unloadOther': row => unloadOtherKext(parts, (row as TreeRow | undefined)?.kext),
    'kext.showInstances': name => tree.reveal(typeof name === 'string' ? name : undefined),
    'kext.explainError': () => parts.explanations.ask(),
    'kext.explainCause': cause => explainCause(world.causesFolder, cause),
    'kext.recordCaptures': async () => (await import('./recordCaptures.ts')).recordCaptures(parts),
    'kext.showShelf': async () => (await import('./showShelf.ts')).showShelf(parts),
    'kext.findStaleCopies': async () => (await import('./sweepCopies.ts')).sweepCopies(session),
    'kext.doctor': () => doctor.examine(),
    'kext.doctor.refresh': () => doctor.lookAgain(),
    'kext.doctor.copy': () => doctor.copy(),
    'kext.doctor.next': () => doctor.chooseStep(),
    'kext.goToClass': row => goToClass(session, (row as TreeRow | undefined)?.className),
  };
  const registered = Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run));
  return vscode.Disposable.from(doctor, ...registered);
}

async function reload(parts: CommandParts): Promise<void> {
  const { session, queue } = parts;
  const work = await onceSeen(parts, lazyWork('reload'), vscode.l10n.t('Reload Anyway'));
  if (work === undefined) return;
  if (!(await saveProject(session))) return;
  tellEnding('reload', await queue.run({ title: 'Reload', replacesItself: true }, work), session);
}

async function finishReload(parts: CommandParts): Promise<void> {
  const { session, queue } = parts;
  const work = await onceSeen(parts, lazyWork('finishReload'), vscode.l10n.t('Reload Anyway'));
  if (work === undefined) return;
  tellEnding('reload', await queue.run({ title: 'Finish reloading' }, work), session);
}

async function load(parts: CommandParts): Promise<void> {
  const { session, queue } = parts;
  const work = await onceSeen(parts, lazyWork('load'), vscode.l10n.t('Load Anyway'));
  if (work === undefined) return;
  tellEnding('load', await queue.run({ title: 'Load' }, work), session);
}

/**
 * The work for somebody who has seen how the target went down under the kext, if it did: that is not simply done again. undefined where
 * it is not to be done.
 */
async function onceSeen(
  parts: CommandParts,
  work: Work<OperationResult>,
  anyway: string,
): Promise<Work<OperationResult> | undefined> {
  const wanted = await askAfterPanic(parts.session, anyway);
  if (wanted === 'uninstall') await uninstall(parts);
  if (wanted !== 'goOn' && wanted !== 'goOnAnyway') return undefined;
  const afterPanic = wanted === 'goOnAnyway';
  return (operation, signal) => work({ ...operation, afterPanic }, signal);
}

async function uninstall({ session, queue }: CommandParts): Promise<void> {
  tellEnding('uninstall', await queue.run({ title: 'Uninstall' }, lazyWork('uninstall')), session);
}

async function useDriver({ session, queue }: CommandParts, choose: typeof chooseUse): Promise<void> {
  if (!vscode.workspace.isTrusted) return explainNothing('untrusted', undefined);
  const use = await choose(session.view.own?.folder ?? '');
  if (use === undefined) return;
  const exercise = onSimulatedMac(async (...asked) => (await simulatedWork()).exercise(...asked, use.name));
  tellExercise(await queue.run({ title: 'Use' }, exercise), session);
}

async function build({ session, queue }: CommandParts): Promise<void> {
  if (!(await saveProject(session))) return;
  tellEnding('build', await queue.run({ title: 'Build', replacesItself: true }, lazyWork('build')), session);
}

async function install({ session, queue }: CommandParts): Promise<void> {
  tellEnding('install', await queue.run({ title: 'Install' }, lazyWork('install')), session);
}

/** Nothing brings back what was on it, so it is asked. */
async function reset({ queue, session }: CommandParts): Promise<void> {
  if (!vscode.workspace.isTrusted) return explainNothing('untrusted', undefined);
  const name = session.view.target?.called ?? vscode.l10n.t('the Simulated Mac');
  const reset = vscode.l10n.t('Reset');
  const detail = vscode.l10n.t(
    'What is installed and loaded on it is gone, with its journal. Your project is not touched.',
  );
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Reset {0}?', name),
    { modal: true, detail },
    reset,
  );
  if (chosen === reset) await queue.run({ title: 'Reset for' }, simulated('reset'));
}

async function quitProcess({ session, queue }: CommandParts, pid: number | undefined): Promise<void> {
  if (!vscode.workspace.isTrusted) return explainNothing('untrusted', undefined);
  const process = await chooseProcess(session, pid);
  if (process === undefined) return;
  const quit = onSimulatedMac(async (operation, switches, signal) =>
    (await simulatedWork()).turnSwitch(operation, 'quit', signal, () => switches.quit(process.pid, signal)),
  );
  await queue.run({ title: 'Quit a process of' }, quit);
}

function simulated(name: 'approve' | 'restart' | 'reset'): Work<OperationResult> {
  return onSimulatedMac(async (...asked) => (await simulatedWork())[name](...asked));
}

type SimulatedWork<R extends OperationResult> = (
  operation: Parameters<Work<R>>[0],
  switches: NonNullable<Parameters<Work<R>>[0]['target']['switches']>,
  signal: AbortSignal,
) => Promise<R>;

function onSimulatedMac<R extends OperationResult>(work: SimulatedWork<R>): Work<R> {
  return (operation, signal) => {
    const { switches, name } = operation.target;
    if (switches === undefined)
      throw new Error(vscode.l10n.t('Only the Simulated Mac can do that, and the target is {0}.', name));
    return work(operation, switches, signal);
  };
}
