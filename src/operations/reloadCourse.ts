import { bootPolicyText, howToAllowKexts } from '../diagnosis/bootPolicyText.ts';
import { holdsIn } from '../model/boot.ts';
import { capabilitiesOf, macosName } from '../model/capabilities.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import type { System } from '../model/system.ts';
import { loadedWithoutCopy } from './atBoot.ts';
import { readSystemWithPolicy } from './kernel/readSystem.ts';
import type { Operation } from './operation.ts';
import type { KextRecord } from './record/kextRecord.ts';

/** Which way a reload goes on the target, as far as that can be known before there is a build. */
export interface ReloadCourse {
  /** `sameBuild`: where the build turns out to be the one that runs, for another one could run after a restart only. */
  readonly unloads: 'always' | 'sameBuild' | 'never';
  /** What runs was refused to unload in this boot, and stays unless what held it has let go. */
  readonly refused: boolean;
  /** Why it ends once it has built, whatever it builds, and what to do; absent where it goes on. */
  readonly stops?: string;
  /** That new code needs a restart, or will where the unload is refused again, and what becomes of what runs; absent where it needs none. */
  readonly restart?: string;
}

/** Reload says it before it builds, and its plan says the same. `seen`: what the target holds. */
export async function reloadCourse(
  operation: Operation,
  seen: Pick<Snapshot, 'kexts' | 'system'>,
  record: KextRecord | undefined,
  signal: AbortSignal,
): Promise<ReloadCourse> {
  const stops = await whyItStops(operation, seen, signal);
  if (stops !== undefined) return { unloads: 'never', refused: false, stops };
  const { fromCollection, loadNeedsRestart } = capabilitiesOf(seen.system);
  const unloads = whatItUnloads(operation, seen, record, fromCollection.value);
  const refused = unloads !== 'never' && wasRefused(record, seen.system);
  if (loadNeedsRestart.value)
    return { unloads, refused, restart: restartNote(operation, seen.system, { unloads, refused }) };
  return refused ? { unloads, refused, restart: refusedNote(operation) } : { unloads, refused };
}

/** An unload was refused in this boot: as far as the record goes, which does not know what is still loaded. */
export function wasRefused(record: KextRecord | undefined, system: System): boolean {
  return record?.refused !== undefined && holdsIn(record, system);
}

/** What waited for a restart and runs since is proved only: it is the one that runs, and is not loaded anew. */
function whatItUnloads(
  { project }: Operation,
  { kexts, system }: Pick<Snapshot, 'kexts' | 'system'>,
  record: KextRecord | undefined,
  fromCollection: boolean,
): ReloadCourse['unloads'] {
  const loaded = loadedKext({ kexts }, project.bundleIdentifier);
  if (loaded === undefined) return 'never';
  if (!fromCollection) return 'always';
  const waited = record !== undefined && !holdsIn(record, system) ? record.pending?.uuid : undefined;
  return waited !== undefined && waited === loaded.uuid ? 'never' : 'sameBuild';
}

function refusedNote({ target }: Operation): string {
  return `Its unload was refused since ${target.called} started: unless it can go by now, a new build runs only after a restart; Reload will prepare it and go on after the restart.`;
}

function restartNote({ target }: Operation, system: System, { unloads, refused }: ReloadCourse): string {
  const needed = `${macosName(system)} runs the new code only after a restart; Reload will prepare it and go on after the restart.`;
  if (unloads !== 'sameBuild') return needed;
  const same = refused
    ? `its unload, which was refused since ${target.called} started, is tried again`
    : 'it is unloaded and loaded anew';
  return `${needed} If the build differs from what runs, that is not unloaded for it: Unload Kext is there as the leak check. If it is the same, ${same}.`;
}

async function whyItStops(
  operation: Operation,
  seen: Pick<Snapshot, 'kexts' | 'system'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { target, project } = operation;
  if (target.simulated) return undefined;
  const system = await readSystemWithPolicy(target, signal);
  const keptOut = system.bootPolicy !== undefined && !capabilitiesOf(system).bootPolicyAllowsKexts.value;
  // As of a build: whether the policy is for a bundle without code, too, was not found.
  if (keptOut && project.infoPlist.executable !== undefined)
    return `The boot policy of ${target.called} keeps kexts out, so that nothing is installed: ${bootPolicyText(system.bootPolicy)}. ${howToAllowKexts}`;
  const foreign = await loadedWithoutCopy(operation, seen, signal);
  return foreign === undefined ? undefined : `Nothing will be installed: ${foreign.before}`;
}
