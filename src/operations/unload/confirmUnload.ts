import { knownSuperclasses } from '../../diagnosis/instances.ts';
import { type UnloadObstacle, unloadObstacles } from '../../diagnosis/unloadObstacles.ts';
import type { RunningProcess } from '../../model/driverUse.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { readSnapshot } from '../kernel/snapshot.ts';
import type { Operation } from '../operation.ts';
import type { KextProject } from '../project/kextProject.ts';
import type { Dependents } from './dependents.ts';
import { quitProcesses } from './quitProcesses.ts';

/** What somebody is asked before an unload that is likely to be refused. */
export interface UnloadQuestion {
  readonly bundleIdentifier: string;
  /** As in a sentence. */
  readonly target: string;
  readonly obstacles: readonly UnloadObstacle[];
  /** There are processes that have the driver open and were not asked to quit yet. */
  readonly canQuit: boolean;
  /** Why those that were to quit still have it open, a sentence for each. */
  readonly stayed: readonly string[];
}

/** The kext that the kernel is likely to refuse to unload: of several the one that is unloaded first, after which nothing is touched. */
export function refusedFirst({ bundleIdentifier, obstacles }: UnloadQuestion): string {
  return obstacles.find(({ of }) => of !== undefined)?.of ?? bundleIdentifier;
}

/** `quit`: the processes first. */
export type UnloadChoice = 'quit' | 'unload' | 'cancel';

/** Asks a person; the faces bring their own. */
export type AskBeforeUnload = (question: UnloadQuestion) => Promise<UnloadChoice>;

/**
 * What stands in the way of an unload of the project's kext, by a snapshot with the objects of its classes, and of those that
 * go before it. `dependents` of the workspace are no obstacle themselves.
 */
export async function obstaclesOf(
  operation: Operation,
  snapshot: Snapshot,
  { ofWorkspace }: Dependents,
  signal: AbortSignal,
): Promise<readonly UnloadObstacle[]> {
  const goFirst = new Set(ofWorkspace.map(each => each.operation.project.bundleIdentifier));
  const obstacles = [...ownObstacles(operation.project, snapshot, goFirst)];
  for (const { operation: its } of ofWorkspace) {
    const after = await readSnapshot(its.target, its.project.classes, signal);
    const of = its.project.bundleIdentifier;
    obstacles.push(...ownObstacles(its.project, after, goFirst).map(obstacle => ({ ...obstacle, of })));
  }
  return obstacles;
}

function ownObstacles(
  { bundleIdentifier, classes, declarations }: KextProject,
  snapshot: Snapshot,
  goFirst: ReadonlySet<string>,
): readonly UnloadObstacle[] {
  const superclasses = knownSuperclasses(declarations, snapshot.registry);
  return unloadObstacles(snapshot, bundleIdentifier, classes, superclasses, goFirst);
}

/** How long a process may take to quit: so many looks, so many ms apart. */
const quitting = { looks: 10, apart: 300 };

/**
 * Whether the unload may begin: looks for what is in its way and asks only where it is likely to be refused, before anything
 * is terminated, and quits what is to be quit. Where a process stays it asks once more. Without somebody to ask it may.
 */
export async function mayUnload(operation: Operation, dependents: Dependents, signal: AbortSignal): Promise<boolean> {
  const { project, target, askBeforeUnload } = operation;
  if (askBeforeUnload === undefined) return true;
  const look = async () =>
    obstaclesOf(operation, await readSnapshot(target, project.classes, signal), dependents, signal);
  const asked = new Set<number>();
  let obstacles = await look();
  let stayed: readonly string[] = [];
  while (obstacles.length > 0) {
    const { bundleIdentifier } = project;
    const toQuit = clientsAmong(obstacles).filter(({ pid }) => !asked.has(pid));
    const canQuit = toQuit.length > 0;
    const choice = await askBeforeUnload({ bundleIdentifier, target: target.called, obstacles, canQuit, stayed });
    signal.throwIfAborted();
    if (choice !== 'quit' || !canQuit) return choice === 'unload';
    for (const { pid } of toQuit) asked.add(pid);
    const problems = await quitProcesses(target, toQuit, signal);
    obstacles = await onceGone(
      toQuit.filter(({ pid }) => !problems.has(pid)),
      look,
      target,
      signal,
    );
    const left = clientsAmong(obstacles);
    // What else is in the way was known to whoever chose.
    if (left.length === 0) return true;
    stayed = left.filter(({ pid }) => asked.has(pid)).map(process => problems.get(process.pid) ?? keepsOpen(process));
  }
  return true;
}

/** The obstacles once none of the processes is among them, or at the last look. */
async function onceGone(
  processes: readonly RunningProcess[],
  look: () => Promise<readonly UnloadObstacle[]>,
  target: Operation['target'],
  signal: AbortSignal,
): Promise<readonly UnloadObstacle[]> {
  const pids = new Set(processes.map(({ pid }) => pid));
  for (let looks = 1; ; looks += 1) {
    const obstacles = await look();
    const isThere = clientsAmong(obstacles).some(({ pid }) => pids.has(pid));
    if (!isThere || looks === quitting.looks) return obstacles;
    await target.pause(quitting.apart, signal);
  }
}

/** Each once: it may have several kexts open. */
function clientsAmong(obstacles: readonly UnloadObstacle[]): readonly RunningProcess[] {
  const clients = obstacles.flatMap(obstacle => (obstacle.kind === 'openClient' ? [obstacle.process] : []));
  return [...new Map(clients.map(process => [process.pid, process])).values()];
}

function keepsOpen({ name, pid }: RunningProcess): string {
  return `${name} (pid ${pid}) was asked to quit, and has it open still.`;
}
