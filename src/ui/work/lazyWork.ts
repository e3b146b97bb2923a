import type { OperationResult } from '../../operations/operation.ts';
import type { ShelvedReload } from '../../operations/shelf/shelf.ts';
import type { Work } from './operationQueue.ts';
import { readPart } from './readPart.ts';
import type { simulatedWorks, targetWorks, works } from './works.ts';

/** One of the operations on a kext. Its code is read when it is first asked for: a window on a kext opens sooner. */
export function lazyWork(name: keyof typeof works): Work<OperationResult> {
  return async (operation, signal) => (await readWorks()).works[name](operation, signal);
}

/** A load of a build from the shelf, likewise. */
export function loadShelvedWork(reload: ShelvedReload): Work<OperationResult> {
  return async (operation, signal) => (await readWorks()).shelfWorks.loadShelved(operation, reload, signal);
}

/** Those on the Simulated Mac, likewise. */
export async function simulatedWork(): Promise<typeof simulatedWorks> {
  return (await readWorks()).simulatedWorks;
}

/** Those on a target, likewise. */
export async function targetWork(): Promise<typeof targetWorks> {
  return (await readWorks()).targetWorks;
}

/** How the project and its target are looked at, likewise. */
export function lookWork(): Promise<typeof import('../session/looks.ts')> {
  return readPart(() => import('../session/looks.ts'));
}

function readWorks(): Promise<typeof import('./works.ts')> {
  return readPart(() => import('./works.ts'));
}
