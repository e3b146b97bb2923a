import { ask } from '../tools/port/runner.ts';
import { sync } from '../tools/sync.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation } from './operation.ts';

/** What is owed to whoever sits at This Mac before its own kernel loads or unloads a kext: a faulty one panics it. */
export interface ThisMacCare {
  /** Whether kexts may be loaded here: asks the first time, and remembers a yes. Rejects where nobody can be asked. */
  readonly mayLoad: (signal: AbortSignal) => Promise<boolean>;
  /** Saves every file that is edited. */
  readonly saveFiles: () => Promise<void>;
}

/** Whether the operation may load its kext where it is to be loaded. Asked before anything is done. */
export async function mayLoadThere(
  { thisMacCare }: Pick<Operation, 'thisMacCare'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (thisMacCare === undefined) return true;
  const may = await thisMacCare.mayLoad(signal);
  signal.throwIfAborted();
  return may;
}

/** Right before a kernel is asked to load or unload: what a panic of This Mac would take along is on its disks. */
export async function keepFilesSafe({ thisMacCare, host }: Pick<Operation, 'thisMacCare' | 'host'>): Promise<void> {
  if (thisMacCare === undefined) return;
  await thisMacCare.saveFiles();
  await ask(host, sync(), neverCancelled());
}
