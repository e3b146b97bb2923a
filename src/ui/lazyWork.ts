import type { OperationResult } from '../operations/operation.ts';
import type { ShelvedReload } from '../operations/shelf.ts';
import type { Work } from './operationQueue.ts';
import type { simulatedWorks, targetWorks, works } from './works.ts';

/** One of the operations on a kext. Its code is read when it is first asked for: a window on a kext opens sooner. */
export function lazyWork(name: keyof typeof works): Work<OperationResult> {
  return async (operation, signal) => (await import('./works.ts')).works[name](operation, signal);
}

/** A load of a build from the shelf, likewise. */
export function loadShelvedWork(reload: ShelvedReload): Work<OperationResult> {
  return async (operation, signal) => (await import('./works.ts')).shelfWorks.loadShelved(operation, reload, signal);
}

/** Those on the Simulated Mac, likewise. */
export async function simulatedWork(): Promise<typeof simulatedWorks> {
  return (await import('./works.ts')).simulatedWorks;
}

/** Those on a target, likewise. */
export async function targetWork(): Promise<typeof targetWorks> {
  return (await import('./works.ts')).targetWorks;
}
