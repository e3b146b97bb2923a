import { appleKexts } from './appleKexts.ts';
import type { Bencodable } from './bencode.ts';
import type { JournalEvent } from './journalEvent.ts';
import type { TwinStore } from './twinStore.ts';

/** The events from the last start of the Mac on: a replay needs no more. */
export function sinceBoot(events: readonly JournalEvent[]): readonly JournalEvent[] {
  const boot = events.findLastIndex(event => event.event === 'boot');
  return boot < 0 ? [] : events.slice(boot);
}

/** The journal's events as the kernel reads them, one for each. */
export function kernelEvents(events: readonly JournalEvent[], twins: TwinStore): readonly Bencodable[] {
  return events.flatMap((event): readonly Bencodable[] => {
    switch (event.event) {
      case 'boot':
        return [{ ...event, model: 'MacSim1,1', kexts: appleKexts().map(kext => ({ ...kext })) }];
      case 'load':
        return [{ ...event, twin: twins.path(event.twin) }];
      case 'install':
        return [];
      default:
        return [{ ...event }];
    }
  });
}
