import { ownCounts } from '../../diagnosis/instances.ts';
import { type Boot, bootOf, holdsIn } from '../../model/boot.ts';
import type { Kext } from '../../model/kext.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { Operation } from '../operation.ts';

/** What a load of a kext began with: its load index, in the boot that is told, and once its drivers ran the live objects of its classes. */
export interface CountsAtLoad extends Boot {
  readonly index: number;
  /** Own instances by class. */
  readonly instances: Readonly<Record<string, number>>;
}

/** Remembers what the load that `after` shows began with; `row`: as the kext was listed before it, a load that is no other one. */
export async function rememberCounts(
  { project, records }: Pick<Operation, 'project' | 'records'>,
  row: Kext | undefined,
  after: Snapshot | undefined,
): Promise<void> {
  const listed = after && loadedKext(after, project.bundleIdentifier);
  if (after === undefined || listed?.index === undefined || listed.index === row?.index) return;
  // Of a kext that was loaded already a load changes nothing.
  if (isOf(await records.atLoad.read(), after, listed)) return;
  const instances = Object.fromEntries(ownCounts(project.classes, project.declarations, after));
  await records.atLoad.write({ ...bootOf(after.system), index: listed.index, instances });
}

/** Own instances by class when the kext that is loaded was loaded; undefined where that is not known: another program, or the start, has loaded it. */
export function instancesAtLoad(
  known: CountsAtLoad | undefined,
  snapshot: Snapshot,
  bundleIdentifier: string,
): ReadonlyMap<string, number> | undefined {
  const listed = loadedKext(snapshot, bundleIdentifier);
  return isOf(known, snapshot, listed) ? new Map(Object.entries(known.instances)) : undefined;
}

function isOf(known: CountsAtLoad | undefined, { system }: Snapshot, listed: Kext | undefined): known is CountsAtLoad {
  return known !== undefined && listed?.index === known.index && holdsIn(known, system);
}

/** Whether a value that was read is one. */
export function isCountsAtLoad(value: unknown): value is CountsAtLoad {
  const { index, instances } = (value ?? {}) as Partial<Record<keyof CountsAtLoad, unknown>>;
  return (
    typeof index === 'number' &&
    typeof instances === 'object' &&
    instances !== null &&
    Object.values(instances).every(count => typeof count === 'number')
  );
}
