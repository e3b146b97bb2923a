import type { RunningProcess } from '../model/driverUse.ts';
import type { JournalEvent, LoadEvent } from './journalEvent.ts';

/** The processes that were started since the Mac was and that nobody has quit, in the order of their start. */
export function runningProcesses(events: readonly JournalEvent[]): readonly RunningProcess[] {
  const running = new Map<number, RunningProcess>();
  for (const event of events) {
    if (event.event === 'open') running.set(event.pid, { name: event.process, pid: event.pid });
    if (event.event === 'quit') running.delete(event.pid);
  }
  return [...running.values()];
}

/**
 * The quit of a process of whose use the journal lost the end: what there is of it has happened, and the process is gone.
 * It can only be the newest one, because nothing is added before its quit.
 */
export function quitOfCutUse(events: readonly JournalEvent[]): JournalEvent | undefined {
  const at = events.findLastIndex(({ event }) => event === 'open');
  const open = events[at];
  if (open?.event !== 'open' || events.length - 1 - at >= (open.following ?? 0)) return undefined;
  const hasQuit = events.slice(at).some(each => each.event === 'quit' && each.pid === open.pid);
  return hasQuit ? undefined : { event: 'quit', pid: open.pid };
}

/** The code that the events run: of what was loaded, and of what a start brought in. */
export function twinsOf(events: readonly JournalEvent[]): ReadonlySet<string> {
  const loads = events.flatMap((event): readonly Pick<LoadEvent, 'twin'>[] => {
    if (event.event === 'boot') return event.collection ?? [];
    return event.event === 'load' ? [event] : [];
  });
  return new Set(loads.flatMap(({ twin }) => (twin === undefined ? [] : [twin])));
}

/** How many processes were started since the Mac was. */
export function processesSoFar(events: readonly JournalEvent[]): number {
  const before = events.findLast(event => event.event === 'clean')?.processes ?? 0;
  return before + events.filter(({ event }) => event === 'open').length;
}

/** The devices that were plugged in since the Mac was started and not unplugged. */
export function pluggedDevices(events: readonly JournalEvent[]): readonly string[] {
  const plugged = new Set<string>();
  for (const event of events) {
    if (event.event === 'plug') plugged.add(event.name);
    if (event.event === 'unplug') plugged.delete(event.name);
  }
  return [...plugged];
}
