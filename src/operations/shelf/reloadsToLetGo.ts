import type { ShelvedReload } from './shelf.ts';

/** How much of a kext is kept on a target. */
const most = { reloads: 20, bytes: 500 * 1024 * 1024 };

/** What of a reload decides how long it is kept. */
type Kept = Pick<ShelvedReload, 'uuid' | 'uuids' | 'bytes'>;

/**
 * Of the reloads, newest first, those that go: the oldest, until there are no more than `limits`. The newest one stays, and the newest
 * one of each build in `stay`. A build that is there several times takes its room once: its files are linked.
 */
export function reloadsToLetGo<R extends Kept>(
  newestFirst: readonly R[],
  stay: ReadonlySet<string>,
  limits: { readonly reloads: number; readonly bytes: number } = most,
): readonly R[] {
  const gone: R[] = [];
  const left = new Set(stay);
  const builds = new Set<string>();
  let [reloads, bytes, full] = [0, 0, false];
  for (const reload of newestFirst) {
    const more = reload.uuid !== null && builds.has(reload.uuid) ? 0 : reload.bytes;
    const stays = reloads === 0 || reload.uuids.some(uuid => left.has(uuid));
    full ||= !stays && (reloads >= limits.reloads || bytes + more > limits.bytes);
    if (full && !stays) {
      gone.push(reload);
      continue;
    }
    for (const uuid of reload.uuids) left.delete(uuid);
    if (reload.uuid !== null) builds.add(reload.uuid);
    reloads += 1;
    bytes += more;
  }
  return gone;
}
