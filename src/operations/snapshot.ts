import { nameProcesses } from '../diagnosis/holders.ts';
import type { RegistryEntry } from '../model/registryEntry.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ioclasscount } from '../tools/ioclasscount.ts';
import { kextstat } from '../tools/kextstat.ts';
import { processes } from '../tools/ps.ts';
import { ask } from '../tools/runner.ts';
import { swVers } from '../tools/swVers.ts';
import { bootTime } from '../tools/sysctl.ts';
import type { Target } from '../tools/target.ts';

/**
 * Reads what the target's kernel holds: its system, its kexts, the instance counts, the I/O Registry, and with their
 * properties the objects of `classes`. Nothing of it needs root. Rejects as Runner.run does, and with UnknownToolText.
 */
export async function readSnapshot(target: Target, classes: readonly string[], signal: AbortSignal): Promise<Snapshot> {
  const version = await ask(target.runner, swVers(), signal);
  const booted = await ask(target.runner, bootTime(), signal);
  const kexts = await ask(target.runner, kextstat(), signal);
  const classCounts = await ask(target.runner, ioclasscount(), signal);
  // Its XML parser takes a while to load: a window opens sooner without it.
  const { ioregArchive, ioregObjects } = await import('../tools/ioregArchive.ts');
  const registry = await ask(target.runner, ioregArchive(), signal);
  const objects: RegistryEntry[] = [];
  for (const name of classes) {
    // A count of zero says that no object of the class is alive, so the registry holds none.
    if ((classCounts.get(name) ?? 0) !== 0) objects.push(...(await ask(target.runner, ioregObjects(name), signal)));
  }
  return {
    target: target.id,
    takenAt: new Date(),
    system: { version: version.version, build: version.build, bootTime: booted },
    kexts,
    classCounts,
    registry,
    objects,
    // Only who has opened a user client can have quit since.
    ...(nameProcesses(objects) ? { processes: await ask(target.runner, processes(), signal) } : {}),
  };
}
