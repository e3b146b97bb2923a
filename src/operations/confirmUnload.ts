import { knownSuperclasses } from '../diagnosis/instances.ts';
import { type UnloadObstacle, unloadObstacles } from '../diagnosis/unloadObstacles.ts';
import type { Snapshot } from '../model/snapshot.ts';
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

/** `quit`: the processes first. */
export type UnloadChoice = 'quit' | 'unload' | 'cancel';

/** Asks a person; the faces bring their own. */
export type AskBeforeUnload = (question: UnloadQuestion) => Promise<UnloadChoice>;

/** What stands in the way of an unload of the project's kext. */
export function obstaclesOf({ project }: Pick<Operation, 'project'>, snapshot: Snapshot): readonly UnloadObstacle[] {
  const superclasses = knownSuperclasses(project.declarations, snapshot.registry);
  return unloadObstacles(snapshot, project.bundleIdentifier, project.classes, superclasses);
}

/**
 * Whether the unload may begin: looks for what is in its way and asks only where it is likely to be refused, before anything
 * is terminated, and quits what is to be quit. Without somebody to ask it may.
 */
export async function mayUnload(operation: Operation, signal: AbortSignal): Promise<boolean> {
  const { project, target, askBeforeUnload } = operation;
  if (askBeforeUnload === undefined) return true;
  const obstacles = obstaclesOf(operation, await readSnapshot(target, project.classes, signal));
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
