import { appleKexts, type ListedKext } from './appleKexts.ts';
import type { Bencodable } from './bencode.ts';
import type { BootEvent, JournalEvent, LoadEvent } from './journalEvent.ts';
import { otherKexts } from './otherKexts.ts';
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
        return [{ event: 'boot', time: event.time, model: 'MacSim1,1', kexts: listedKexts(event).map(asRequest) }];
      case 'load':
        return [loadRequest(event, twins)];
      case 'install':
        return [];
      default:
        return [{ ...event }];
    }
  });
}

/** The kexts that a Mac lists since its start, in load order: Apple's libraries, and what else it has. */
export function listedKexts({ otherKexts: wanted }: BootEvent): readonly ListedKext[] {
  return [...appleKexts(), ...(wanted === undefined ? [] : otherKexts(wanted))];
}

function loadRequest({ twin, classes = [], ...event }: LoadEvent, twins: TwinStore): Bencodable {
  if (twin !== undefined) return { ...event, twin: twins.path(twin) };
  return { ...event, classes: classes.map(each => ({ ...each })) };
}

function asRequest({ dependencies = [], classes = [], ...kext }: ListedKext): Bencodable {
  return { ...kext, dependencies, classes: classes.map(each => ({ ...each })) };
}
