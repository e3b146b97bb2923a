import { isApple } from '../../model/kext.ts';
import type { Operation } from '../operation.ts';
import type { KextRecordStore } from '../record/kextRecord.ts';

/** What a window on a project's kext can do to another one on the same target. */
export type KextBesideOthers = Omit<Operation, 'progress'> & {
  /** Where what is remembered of a kext on the target is kept. */
  readonly recordsOf: (bundleIdentifier: string) => KextRecordStore;
};

/**
 * The same for a kext that is no project's, with its own record, journal and lock. Of its source nothing is known; the folder stays that
 * of the project, in whose code a panic may have been. Throws for a kext of Apple's.
 */
export function onForeignKext<K extends KextBesideOthers>(own: K, bundleIdentifier: string): K {
  if (isApple(bundleIdentifier)) throw new Error(`${bundleIdentifier} is Apple's, and is never touched.`);
  const nameless = { ...own.project, xcode: undefined, identifierPosition: undefined, classes: [], declarations: [] };
  const infoPlist = { ...own.project.infoPlist, bundleIdentifier };
  const project = {
    ...nameless,
    infoPlist,
    key: bundleIdentifier,
    rememberedAs: bundleIdentifier,
    bundleIdentifier,
    version: '',
  };
  return { ...own, project, records: own.recordsOf(bundleIdentifier), neighbours: [], shelf: undefined };
}
