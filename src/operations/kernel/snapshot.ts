import { nameProcesses } from '../../diagnosis/holders.ts';
import { capabilitiesOf } from '../../model/capabilities.ts';
import type { ClassCounts } from '../../model/classCounts.ts';
import type { RunningProcess } from '../../model/driverUse.ts';
import type { RegistryEntry } from '../../model/registryEntry.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { ioclasscount } from '../../tools/ioclasscount.ts';
import { loadedKexts } from '../../tools/loadedKexts.ts';
import { ask, askTogether, type Told } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import { processes } from '../../tools/ps.ts';
import { readSystem } from './readSystem.ts';

/**
 * Reads what the target's kernel holds: its kexts, the instance counts and the I/O Registry in one round trip of three
 * processes, and with their properties the objects of `classes` in a second one, where there are any, and who has opened
 * them in a third. `last`: as it was seen last; what was asked for then is asked for in the first round trip, so that a
 * target in which little changes costs one. Nothing of it needs root. Rejects as Runner.run does, and with UnknownToolText.
 */
export async function readSnapshot(
  target: Target,
  classes: readonly string[],
  signal: AbortSignal,
  last?: Snapshot,
): Promise<Snapshot> {
  const system = await readSystem(target, signal);
  // Its XML parser takes a while to load: a window opens sooner without it.
  const { ioregArchive, ioregObjects } = await import('../../tools/ioregArchive.ts');
  const usual = [loadedKexts(capabilitiesOf(system)), ioclasscount(), ioregArchive()] as const;
  const expected = last === undefined ? [] : aliveOf(classes, last.classCounts);
  const ps = last?.processes === undefined ? [] : [processes()];
  const first = await askTogether(target.runner, [...usual, ...expected.map(ioregObjects), ...ps], signal);
  const [kexts, counts, registry, ...more] = first;
  const held = { kexts: kexts(), classCounts: counts(), registry: registry() };
  const known = new Map(expected.map((name, at) => [name, more[at] as Told<readonly RegistryEntry[]>]));
  const alive = aliveOf(classes, held.classCounts);
  const asked = alive.filter(name => !known.has(name));
  const others = asked.length === 0 ? [] : await askTogether(target.runner, asked.map(ioregObjects), signal);
  for (const [at, told] of others.entries()) known.set(asked[at] ?? '', told);
  const objects = alive.flatMap(name => known.get(name)?.() ?? []);
  // Only who has opened a user client can have quit since.
  if (!nameProcesses(objects)) return { target: target.id, takenAt: new Date(), system, ...held, objects };
  const names = more[expected.length] as Told<readonly RunningProcess[]> | undefined;
  const running = names === undefined ? await ask(target.runner, processes(), signal) : names();
  return { target: target.id, takenAt: new Date(), system, ...held, objects, processes: running };
}

/** A count of zero says that no object of the class is alive, so the registry holds none. */
function aliveOf(classes: readonly string[], counts: ClassCounts): readonly string[] {
  return [...new Set(classes)].filter(name => (counts.get(name) ?? 0) !== 0);
}
