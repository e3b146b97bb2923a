import { readFile } from 'node:fs/promises';
import type { JournalEvent } from './journalEvent.ts';
import type { SimulatedDisk } from './simulatedDisk.ts';
import { hashOf, type TwinStore } from './twinStore.ts';
import { twinsOf } from './whatIsThere.ts';

/** Puts damaged copies of code right whose builds are on the Mac's disk still; the others stay as they are. */
export async function mendTwins(events: readonly JournalEvent[], twins: TwinStore, disk: SimulatedDisk): Promise<void> {
  const nextStart = events.flatMap(event => (event.event === 'collect' ? event.kexts : []));
  const needed = new Set([...twinsOf(events), ...nextStart.flatMap(({ twin }) => (twin === undefined ? [] : [twin]))]);
  const damaged = new Set(await twins.damaged(needed));
  if (damaged.size === 0) return;
  for (const { path, kind } of await disk.entries('/')) {
    if (kind !== 'file' || !path.endsWith('.twin.so')) continue;
    const file = disk.place(path);
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes !== undefined && damaged.has(hashOf(bytes))) await twins.keep(file);
  }
}
