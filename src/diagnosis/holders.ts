import type { RunningProcess } from '../model/driverUse.ts';
import { onceFor } from '../model/onceFor.ts';
import { cutOff, everyEntry, hasUnknownClass, type RegistryEntry } from '../model/registryEntry.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Holder } from './diagnosis.ts';

/**
 * Who keeps `entry` from going: the clients attached below it, by the process that opened them where a user client says
 * so (`IOUserClientCreator`, set by IOKit on every successful open), otherwise by their class. `objects` brings the
 * properties, matched by registry id.
 */
export function holdersOf(entry: RegistryEntry, use: SeenUse): readonly Holder[] {
  return entry.children.map(client => {
    const through = hasUnknownClass(client) ? client.name : client.className;
    return { ...(openedBy(client, use) ?? { name: through }), through };
  });
}

/** What a snapshot says of who uses a driver. */
export type SeenUse = Pick<Snapshot, 'objects' | 'processes'>;

/** Whether any of the `objects` is a user client that a process has opened, whatever became of both. */
export function nameProcesses(objects: readonly RegistryEntry[]): boolean {
  return [...withProperties(objects).values()].some(entry => processOf(entry) !== undefined);
}

/** The processes that have user clients among `objects` open, each once: those that were not terminated. */
export function usingProcesses(objects: readonly RegistryEntry[]): readonly RunningProcess[] {
  const byPid = new Map<number, RunningProcess>();
  for (const entry of withProperties(objects).values()) {
    const creator = entry.active === false ? undefined : processOf(entry);
    if (creator !== undefined) byPid.set(creator.pid, creator);
  }
  return [...byPid.values()];
}

/** The terminated provider to which a terminated client without clients of its own is attached; undefined where it has none. */
export function keptProvider(client: RegistryEntry, registry: readonly RegistryEntry[]): RegistryEntry | undefined {
  if (client.id === undefined || client.children.length > 0) return undefined;
  for (const entry of everyEntry(registry)) {
    if (entry.active === false && entry.children.some(({ id }) => id === client.id)) return entry;
  }
  return undefined;
}

/** The process that opened the user client; undefined for other objects. */
export function openedBy(entry: RegistryEntry, { objects, processes }: SeenUse): Holder | undefined {
  const creator = processOf(withProperties(objects).get(keyOf(entry)) ?? entry);
  if (creator === undefined) return undefined;
  const { pid, name } = creator;
  const holder = { name: `${name} (pid ${pid})`, pid };
  const runs = processes === undefined || processes.some(each => each.pid === pid);
  return runs ? holder : { ...holder, hasQuit: true };
}

/** By registry id. An object stands bare below its provider and with its properties where its own class was asked for. */
const withProperties = onceFor((objects: readonly RegistryEntry[]): ReadonlyMap<Key, RegistryEntry> => {
  const detailed = new Map<Key, RegistryEntry>();
  for (const root of objects) {
    for (const object of everyEntry([root])) if (object.properties.size > 0) detailed.set(keyOf(object), object);
  }
  return detailed;
});

type Key = bigint | RegistryEntry;

/** An object without an id is only itself. */
function keyOf(entry: RegistryEntry): Key {
  return entry.id ?? entry;
}

/** What IOKit sets on a user client for whoever opened it: the one property of an object that a diagnosis asks for. */
export const creatorProperty = 'IOUserClientCreator';

/** The process that opened a user client, by its name as far as it stands there. */
function processOf(entry: RegistryEntry): RunningProcess | undefined {
  const creator = entry.properties.get(creatorProperty);
  if (typeof creator === 'string') return processIn(creator);
  // The terminal's width may have cut it.
  const cut = typeof creator === 'object' && 'raw' in creator ? /^"(.*)\$$/.exec(creator.raw)?.[1] : undefined;
  return cut === undefined ? undefined : processIn(`${cut}${cutOff}`);
}

function processIn(creator: string): RunningProcess | undefined {
  const match = /^pid (\d+), (.*)$/.exec(creator);
  return match?.[1] === undefined ? undefined : { pid: Number(match[1]), name: match[2] ?? '' };
}
