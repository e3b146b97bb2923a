import * as vscode from 'vscode';
import type { OperationResult } from '../../operations/operation.ts';
import { explainError } from '../explain/explainError.ts';
import type { TextPages } from '../pages/textPages.ts';
import { copyAutopsy } from '../problems/copyAutopsy.ts';
import { explainCause } from '../problems/explainCause.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { SessionWorld } from '../session/sessionWorld.ts';
import { askFilter } from '../tree/askFilter.ts';
import { goToClass } from '../tree/goToClass.ts';
import type { KextTree } from '../tree/kextTree.ts';
import { type OtherMeant, onRow } from '../tree/onRow.ts';
import type { TreeRow } from '../tree/treeRow.ts';
import { lazyWork, simulatedWork } from '../work/lazyWork.ts';
import { onceSeen } from '../work/onceSeen.ts';
import type { OperationQueue, Work } from '../work/operationQueue.ts';
import { readPart } from '../work/readPart.ts';
import { saveProject } from '../work/saveProject.ts';
import { showPanicReport } from '../work/showPanicReport.ts';
import { tellEnding, tellExercise } from '../work/tellEnding.ts';
import { chooseUse, usualUse } from './chooseUse.ts';
import type { CommandId } from './commandIds.ts';
import { Doctor } from './doctor.ts';
import { explainNothing } from './explainNothing.ts';
import { openDemo } from './openDemo.ts';
import { chooseProcess } from './quitProcess.ts';
import { showReloadPlan } from './reloadPlan.ts';
import { selectBuild } from './selectBuild.ts';
import { selectKext } from './selectKext.ts';
import { selectTarget } from './selectTarget.ts';
import { uninstall } from './uninstall.ts';
import { unloadOtherKext } from './unloadOther.ts';

/** What the commands work with. */
export interface CommandParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
  readonly pages: TextPages;
  readonly world: SessionWorld;
  readonly log: vscode.LogOutputChannel;
  readonly tree: KextTree;
  /** What is remembered for all windows. */
  readonly everywhere: vscode.Memento;
}

/** What each command does. */
export type KextCommands = Readonly<Record<CommandId, (argument?: unknown) => unknown>>;

/** Every command of the manifest. */
export function kextCommands(parts: CommandParts): KextCommands {
  const { session, queue, world, pages, log, tree } = parts;
  const doctor = new Doctor(parts);
  return {
    'kext.reload': () => reload(parts),
    'kext.finishReload': () => finishReload(parts),
    'kext.unload': () => unload(parts),
    'kext.reloadRow': row => onRow(row, parts, reload),
    'kext.unloadRow': row => onRow(row, parts, unload),
    'kext.build': () => build(parts),
    'kext.install': () => install(parts),
    'kext.load': () => load(parts),
    'kext.uninstall': () => uninstall(parts),
    'kext.showReloadPlan': () => showReloadPlan(session, pages.plan),
    'kext.showPanicReport': () => showPanicReport(session.view.panicReport),
    'kext.replaceOperation': () => queue.replaceOther(),
    'kext.copyAutopsy': () => copyAutopsy(session.view.diagnoses),
    'kext.filter': () => askFilter(tree.filter, text => tree.setFilter(text)),
    'kext.clearFilter': () => tree.setFilter(''),
    'kext.refresh': () => session.refresh('answered'),
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
    'kext.showLog': () => log.show(),
    'kext.unloadOther': row => unloadOtherKext(parts, (row as TreeRow | undefined)?.kext),
    'kext.showInstances': name => tree.reveal(typeof name === 'string' ? name : undefined),
    'kext.explainError': () => explainError(parts),
    'kext.explainCause': cause => explainCause(world.causesFolder, cause),
    'kext.recordCaptures': async () => (await readPart(() => import('./recordCaptures.ts'))).recordCaptures(parts),
    'kext.showShelf': async () => (await readPart(() => import('./showShelf.ts'))).showShelf(parts),
    'kext.findStaleCopies': async () => (await readPart(() => import('./sweepCopies.ts'))).sweepCopies(session),
    'kext.doctor': () => doctor.examine(),
    'kext.doctor.refresh': () => doctor.lookAgain(),
    'kext.doctor.copy': () => doctor.copy(),
    'kext.doctor.next': () => doctor.chooseStep(),
    'kext.goToClass': row => goToClass(session, (row as TreeRow | undefined)?.className),
  };
}

/** `kext`: the one that is meant where that is not the window's own. */
async function reload(parts: CommandParts, kext?: OtherMeant): Promise<void> {
  const { session, queue } = parts;
  const work = await onceSeen(parts, lazyWork('reload'), vscode.l10n.t('Reload Anyway'), kext);
  if (work === undefined) return;
  if (!(await saveProject(session, kext?.own))) return;
  tellEnding('reload', await queue.run({ title: 'Reload', replacesItself: true, kext }, work), session);
}

async function unload({ session, queue }: CommandParts, kext?: OtherMeant): Promise<void> {
  tellEnding('unload', await queue.run({ title: 'Unload', kext }, lazyWork('unload')), session);
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
