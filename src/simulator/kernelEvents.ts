import { appleKexts, type ListedKext } from './appleKexts.ts';
import type { Bencodable } from './bencode.ts';
import { loadOf } from './collectionState.ts';
import type { BootEvent, CleanEvent, JournalEvent, LoadEvent } from './journalEvent.ts';
import { otherKexts } from './otherKexts.ts';
import type { SimulatedSystem } from './systems/simulatedSystem.ts';
import { defaultScenario, simulatedSystem } from './systems/simulatedSystems.ts';
import type { TwinStore } from './twinStore.ts';

/** The events from the last start of the Mac on: a replay needs no more. */
export function sinceBoot(events: readonly JournalEvent[]): readonly JournalEvent[] {
  const boot = events.findLastIndex(event => event.event === 'boot');
  return boot < 0 ? [] : events.slice(boot);
}

/**
 * The journal's events since the Mac's start, which comes first, as the kernel reads them. What was asked of it last
 * stands at the end, one for each.
 */
export function kernelEvents(events: readonly JournalEvent[], twins: TwinStore): readonly Bencodable[] {
  const system = systemOf(events);
  const load = (event: LoadEvent) => ({
    ...loadRequest(event, twins),
    ...(system.unloads === 'never' ? { unloadUnsupported: true } : {}),
  });
  return events.flatMap((event): readonly Bencodable[] => {
    switch (event.event) {
      case 'boot':
        return [bootRequest(event, cleanPointOf(events)), ...startedAtBoot(event).map(load)];
      case 'load':
        return [load(event)];
      case 'install':
      case 'askApproval':
      case 'approve':
      case 'collect':
      case 'clean':
        return [];
      case 'open': {
        const { following: _, ...request } = event;
        return [request];
      }
      default:
        return [{ ...event }];
    }
  });
}

/** The kexts that a Mac lists since its start, in load order: Apple's libraries, and what else it has. */
export function listedKexts({ system, otherKexts: wanted }: BootEvent): readonly ListedKext[] {
  const apples = appleKexts(simulatedSystem(system ?? defaultScenario));
  return [...apples, ...(wanted === undefined ? [] : otherKexts(wanted))];
}

/** The loads that a start brings by itself: of the kexts of its collection that have something to drive. */
export function startedAtBoot({ collection = [] }: BootEvent): readonly LoadEvent[] {
  return collection.filter(({ personalities }) => Object.keys(personalities).length > 0).map(loadOf);
}

function systemOf([boot]: readonly JournalEvent[]): SimulatedSystem {
  return simulatedSystem((boot?.event === 'boot' ? boot.system : undefined) ?? defaultScenario);
}

function cleanPointOf(events: readonly JournalEvent[]): CleanEvent | undefined {
  return events.findLast(event => event.event === 'clean');
}

function bootRequest(event: BootEvent, point: CleanEvent | undefined): Bencodable {
  return {
    event: 'boot',
    time: event.time,
    model: 'MacSim1,1',
    kexts: listedKexts(event).map(asRequest),
    resume: point && resumeRequest(point.resume),
  };
}

function resumeRequest({ log, nextAddress, ...numbers }: CleanEvent['resume']): Bencodable {
  return { ...numbers, nextAddress: BigInt(nextAddress), log: log.map(line => ({ ...line })) };
}

function loadRequest({ twin, classes = [], ...event }: LoadEvent, twins: TwinStore): Record<string, Bencodable> {
  if (twin !== undefined) return { ...event, twin: twins.path(twin) };
  return { ...event, classes: classes.map(each => ({ ...each })) };
}

function asRequest({ dependencies = [], classes = [], ...kext }: ListedKext): Bencodable {
  return { ...kext, dependencies, classes: classes.map(each => ({ ...each })) };
}
