import type { KextRecordStore } from '../record/kextRecord.ts';
import { type FoundKext, type KextProject, openKextProject, unreadProject } from './kextProject.ts';
import { otherKexts } from './otherKexts.ts';
import { rememberedAs } from './rememberedAs.ts';

/** Another kext of the workspace: one that an operation may unload and load again because it is linked against its own. */
export interface Neighbour {
  readonly bundleIdentifier: string;
  /** On the target of the operation. */
  readonly records: KextRecordStore;
  /** Without its sources: of its classes nothing is known. */
  readonly unread: KextProject;
  /** Reads its sources. */
  readonly open: (signal: AbortSignal) => Promise<KextProject>;
}

/** The kexts of a workspace but for the project's own; `recordsOf`: where a kext's record is kept. */
export function neighboursAmong(
  found: readonly FoundKext[],
  own: Pick<KextProject, 'infoPlist' | 'rememberedAs'>,
  recordsOf: (kext: string) => KextRecordStore,
): readonly Neighbour[] {
  const isOther = (kext: FoundKext) => rememberedAs(kext) !== own.rememberedAs;
  return otherKexts(own.infoPlist, found.filter(isOther)).map(kext => {
    const { bundleIdentifier = '' } = kext.infoPlist;
    const others = found.filter(each => each !== kext);
    // It is never built here, so that no build command is asked for.
    const open = (signal: AbortSignal) => openKextProject(kext, others, { buildCommand: [] }, signal);
    const records = recordsOf(rememberedAs(kext));
    return { bundleIdentifier, records, unread: unreadProject(kext, others), open };
  });
}
