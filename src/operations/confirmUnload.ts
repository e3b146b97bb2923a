import { knownSuperclasses } from '../diagnosis/instances.ts';
import { type UnloadObstacle, unloadObstacles } from '../diagnosis/unloadObstacles.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Dependents } from './dependents.ts';
import type { KextProject } from './kextProject.ts';
import type { Operation } from './operation.ts';
import { readSnapshot } from './snapshot.ts';

/** What somebody is asked before an unload that is likely to be refused. */
export interface UnloadQuestion {
  readonly bundleIdentifier: string;
  /** As in a sentence. */
  readonly target: string;
  readonly obstacles: readonly UnloadObstacle[];
  /** The target can quit the processes that have the driver open. */
  readonly canQuit: boolean;
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

/**
 * Whether the unload may begin: looks for what is in its way and asks only where it is likely to be refused, before anything
 * is terminated, and quits what is to be quit. Without somebody to ask it may.
 */
export async function mayUnload(operation: Operation, dependents: Dependents, signal: AbortSignal): Promise<boolean> {
  const { project, target, askBeforeUnload } = operation;
  if (askBeforeUnload === undefined) return true;
  const snapshot = await readSnapshot(target, project.classes, signal);
  const obstacles = await obstaclesOf(operation, snapshot, dependents, signal);
  if (obstacles.length === 0) return true;
  const { switches } = target;
  const canQuit = switches !== undefined && obstacles.some(({ kind }) => kind === 'openClient');
  const { bundleIdentifier } = project;
  const choice = await askBeforeUnload({ bundleIdentifier, target: target.called, obstacles, canQuit });
  signal.throwIfAborted();
  if (choice === 'quit')
    for (const obstacle of obstacles)
      if (obstacle.kind === 'openClient') await switches?.quit(obstacle.process.pid, signal);
  return choice !== 'cancel';
}
