import { nameProcesses } from '../diagnosis/holders.ts';
import { capabilitiesOf } from '../model/capabilities.ts';
import type { ClassCounts } from '../model/classCounts.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ioclasscount } from '../tools/ioclasscount.ts';
import { loadedKexts } from '../tools/loadedKexts.ts';
import { processes } from '../tools/ps.ts';
import { ask, askTogether } from '../tools/runner.ts';
import type { Target } from '../tools/target.ts';
import { readSystem } from './readSystem.ts';

/**
 * Reads what the target's kernel holds: its kexts, the instance counts and the I/O Registry in one round trip of three
 * processes, and with their properties the objects of `classes` in a second one, where there are any. Nothing of it needs
 * root. Rejects as Runner.run does, and with UnknownToolText.
 */
export async function readSnapshot(target: Target, classes: readonly string[], signal: AbortSignal): Promise<Snapshot> {
  const system = await readSystem(target, signal);
  // Its XML parser takes a while to load: a window opens sooner without it.
  const { ioregArchive, ioregObjects } = await import('../tools/ioregArchive.ts');
  const commands = [loadedKexts(capabilitiesOf(system)), ioclasscount(), ioregArchive()] as const;
  const [kexts, counts, registry] = await askTogether(target.runner, commands, signal);
  const held = { kexts: kexts(), classCounts: counts(), registry: registry() };
  const asked = aliveOf(classes, held.classCounts).map(ioregObjects);
  const objects = asked.length === 0 ? [] : (await askTogether(target.runner, asked, signal)).flatMap(told => told());
  return {
    target: target.id,
    takenAt: new Date(),
    system,
    ...held,
    objects,
    // Only who has opened a user client can have quit since.
    ...(nameProcesses(objects) ? { processes: await ask(target.runner, processes(), signal) } : {}),
  };
}

/** A count of zero says that no object of the class is alive, so the registry holds none. */
function aliveOf(classes: readonly string[], counts: ClassCounts): readonly string[] {
  return [...new Set(classes)].filter(name => (counts.get(name) ?? 0) !== 0);
}
