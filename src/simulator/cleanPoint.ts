import { isDeepStrictEqual } from 'node:util';
import type { CleanEvent, JournalEvent } from './journalEvent.ts';
import type { KernelAnswer } from './kernelAnswer.ts';
import { processesSoFar, runningProcesses } from './whatIsThere.ts';

/** Of the log, so that it does not grow for ever where time stands still. */
const keptLines = 50;

/**
 * The point from which the kernel can go on as if it had just started: undefined where anything is left of what happened
 * since. `atStart`: what it answered then.
 */
export function cleanPoint(
  events: readonly JournalEvent[],
  answer: KernelAnswer,
  atStart: KernelAnswer,
): CleanEvent | undefined {
  if (answer.threads > 0 || runningProcesses(events).length > 0) return undefined;
  if (!isDeepStrictEqual(held(answer), held(atStart))) return undefined;
  const { clock, log, nextEntry, nextKext, nextAddress } = answer;
  const resume = { clock, log: log.slice(-keptLines), nextEntry, nextKext, nextAddress };
  return { event: 'clean', resume, processes: processesSoFar(events) };
}

/** The journal that says the same with the clean point: the kernel's own events are gone. */
export function fromCleanPoint(events: readonly JournalEvent[], point: CleanEvent): readonly JournalEvent[] {
  const kept: ReadonlySet<JournalEvent['event']> = new Set(['boot', 'askApproval', 'approve', 'collect']);
  return [...events.filter(({ event }) => kept.has(event)), point];
}

function held({ kexts, classes, registry }: KernelAnswer): Pick<KernelAnswer, 'kexts' | 'classes' | 'registry'> {
  return { kexts, classes, registry };
}
