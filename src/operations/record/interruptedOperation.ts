import { stoppedText } from '../../diagnosis/interrupted.ts';
import { isSameBoot } from '../../model/boot.ts';
import { TargetLost } from '../../tools/port/toolErrors.ts';
import { readSystem } from '../kernel/readSystem.ts';
import type { Operation } from '../operation.ts';
import type { Phases } from '../phases.ts';
import type { JournalEntry } from './journalEntry.ts';

/** In these phases the kernel runs the kext's code, or takes it out. */
const inKernel: ReadonlySet<string> = new Set(['unloading', 'loading', 'verifying']);

/**
 * What an operation on the kext was doing when it stopped without an end of its own, as a look at the target finds it;
 * undefined where none did, or works still. Where the target has gone down under it, that is found out and remembered in its place.
 */
export async function interruptedOperation(
  kext: Omit<Operation, 'progress'>,
  signal: AbortSignal,
): Promise<JournalEntry | undefined> {
  const operation = { ...kext, progress: () => undefined };
  const { records, target, project } = operation;
  const entry = await records.journal.read();
  if (entry === undefined || (await target.working(project.rememberedAs)) !== undefined) return undefined;
  return (await wentDown(operation, entry, signal, true)) ? undefined : entry;
}

/** The same for an operation that is about to begin, and therefore works alone: it announces what it takes up. */
export async function takeUpInterrupted(operation: Operation, phases: Phases, signal: AbortSignal): Promise<void> {
  const entry = await operation.records.journal.read();
  if (entry === undefined) return;
  phases.announce(stoppedText(entry));
  await wentDown(operation, entry, signal, false).catch(error => {
    // Whether it can be reached at all the operation itself finds out.
    if (!(error instanceof TargetLost)) throw error;
  });
}

/**
 * Whether the target has gone down in the middle of it. A look takes what a report says, asks nobody for a password, and leaves
 * the rest to the next operation: the report may still be to be written.
 */
async function wentDown(
  operation: Operation,
  entry: JournalEntry,
  signal: AbortSignal,
  isLook: boolean,
): Promise<boolean> {
  const { target, records } = operation;
  if (target.takePanic !== undefined || entry.phase === 'building') return false;
  if (isSameBoot(entry, await readSystem(target, signal)) !== false) return false;
  const { targetWentDown } = await import('../lost/targetWentDown.ts');
  const lostIn = { phase: entry.phase, kext: entry.kext, said: stoppedText(entry) };
  const went = { lostIn, begun: entry.begun, certain: !isLook && inKernel.has(entry.phase) };
  const down = await targetWentDown(operation, went, signal, { patiently: !isLook, asRoot: !isLook });
  if (down !== undefined) await records.journal.clear();
  return down !== undefined;
}
