import type { CollectedKext, JournalEvent, KextIdentity, LoadEvent } from './journalEvent.ts';
import type { InstalledKext } from './load/installedKext.ts';

/** How the kexts stand that come from the auxiliary collection. */
export interface CollectionState {
  /** What the Mac's owner has approved. */
  readonly approved: readonly KextIdentity[];
  /** What asked for approval since the Mac started. */
  readonly waiting: readonly KextIdentity[];
  /** The collection that the next start brings in. */
  readonly built: readonly CollectedKext[];
  /** The one that was started. */
  readonly booted: readonly CollectedKext[];
}

/** Reads the state out of what happened since the Mac started; the start itself tells what was before. */
export function collectionState(events: readonly JournalEvent[]): CollectionState {
  let state: CollectionState = { approved: [], waiting: [], built: [], booted: [] };
  for (const event of events) {
    if (event.event === 'boot') {
      const { approved = [], collection = [] } = event;
      state = { approved, waiting: [], built: collection, booted: collection };
    } else if (event.event === 'askApproval') state = { ...state, waiting: without(state.waiting, event.kexts, true) };
    else if (event.event === 'collect') state = { ...state, built: event.kexts };
    else if (event.event === 'approve') {
      const approved = without(state.approved, event.kexts, true);
      state = { ...state, approved, waiting: without(state.waiting, event.kexts, false) };
    }
  }
  return state;
}

/** Whether it is the same bundle, unchanged. */
export function isSame(one: KextIdentity, other: KextIdentity): boolean {
  return one.identifier === other.identifier && one.contents === other.contents;
}

/** The bundle as an approval and a collection know it. */
export function identityOf({ infoPlist, contents }: Pick<InstalledKext, 'infoPlist' | 'contents'>): KextIdentity {
  return { identifier: infoPlist.bundleIdentifier ?? '', contents };
}

/** The load of a kext of a collection. */
export function loadOf({ path: _, contents: __, ...load }: CollectedKext): LoadEvent {
  return { event: 'load', ...load };
}

function without(all: readonly KextIdentity[], some: readonly KextIdentity[], added: boolean): readonly KextIdentity[] {
  const others = all.filter(each => !some.some(one => isSame(one, each)));
  return added ? [...others, ...some] : others;
}
