import { bootOf } from '../../model/boot.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { Operation } from '../operation.ts';
import { factsOf } from '../project/kextFacts.ts';
import { instancesAtLoad } from './countsAtLoad.ts';
import { interruptedOperation } from './interruptedOperation.ts';
import type { JournalEntry } from './journalEntry.ts';
import type { RecordedPanic } from './kextRecord.ts';
import { kextStanding, type Standing } from './standing.ts';

/** How a kext stands, with what was kept besides its record. */
export interface KnownStanding extends Standing {
  readonly panic: RecordedPanic | undefined;
  readonly stopped: JournalEntry | undefined;
  /** Own instances by class when it was loaded; undefined where Kext Dev has not loaded what runs. */
  readonly atLoad: ReadonlyMap<string, number> | undefined;
}

/** How the project's kext stands on its target, of which `snapshot` is the newest look. */
export async function readStanding(
  operation: Omit<Operation, 'progress'>,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<KnownStanding> {
  const { records, project } = operation;
  // Finds out what became of the target, and remembers it: the rest is read after it.
  const stopped = await interruptedOperation(operation, signal);
  const panic = await records.panic.read();
  const standing = kextStanding(await records.read(), {
    ...bootOf(snapshot.system),
    loaded: loadedKext(snapshot, project.bundleIdentifier) !== undefined,
    facts: factsOf(operation),
    panic,
    stopped,
  });
  const atLoad = instancesAtLoad(await records.atLoad.read(), snapshot, project.bundleIdentifier);
  return { ...standing, panic, stopped, atLoad };
}
