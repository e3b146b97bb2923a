import type { KextBundle } from '../bundle/kextBundle.ts';
import { kextVersionOrder } from '../bundle/kextVersion.ts';
import type { Kext } from '../model/kext.ts';

/**
 * How it is known which code runs. Proved: `uuid` (the build's UUID is listed, in a row that was not there before), `sameCode`
 * (as that, and what ran before was the same code). `likely`: the list has no UUIDs, or nothing that tells two rows apart; all that
 * it has fits. No proof: `sameRow` (the row of before is still listed), `anotherBuild`, `notListed`.
 */
export type ProofKind = 'uuid' | 'sameCode' | 'likely' | 'sameRow' | 'anotherBuild' | 'notListed';

/** What the list of loaded kexts proves of a load, with the row that it rests on; null is what the row does not say. */
export interface LoadProof {
  readonly kind: ProofKind;
  readonly uuid: string | null;
  readonly loadIndex: number | null;
  /** `0xffffff7f83795000`; null where the system hides it. */
  readonly address: string | null;
}

/** What a build is known by in a list of loaded kexts. */
export interface BuiltKext {
  /** Of each architecture, and of what else may rightly run in its place. */
  readonly uuids: ReadonlySet<string>;
  readonly version: string | undefined;
  /** Bytes in memory, by architecture; one that is not there says nothing. */
  readonly memory: ReadonlyMap<string, MemoryRange>;
}

/** How many bytes of memory an executable takes, from and to. */
interface MemoryRange {
  readonly least: bigint;
  readonly most: bigint;
}

/** What a bundle is known by; `alsoRight`: the UUID of another build that may run in its place. */
export function builtKext({ executable, infoPlist }: KextBundle, alsoRight?: string): BuiltKext {
  const uuids = [...(executable?.uuids.values() ?? []), alsoRight].filter(uuid => uuid !== undefined);
  return { uuids: new Set(uuids), version: infoPlist.version, memory: executable?.memory ?? new Map() };
}

/** Whether a UUID is that of one of the bundle's architectures. */
export function isBuildOf({ executable }: Pick<KextBundle, 'executable'>, uuid: string | undefined): boolean {
  return uuid !== undefined && [...(executable?.uuids.values() ?? [])].includes(uuid);
}

/**
 * What the rows of the kext from before a load and after it prove of a build. Load indexes are never given out twice in one
 * boot (xnu, OSKext.cpp, `sNextLoadTag`), so that an index that is another one is another load.
 */
export function loadProof(
  built: BuiltKext,
  before: Kext | undefined,
  after: Kext | undefined,
  architecture?: string,
): LoadProof {
  const kind = after === undefined ? 'notListed' : kindOf(built, before, after, architecture);
  return {
    kind,
    uuid: after?.uuid ?? null,
    loadIndex: after?.index ?? null,
    address: after?.address ? `0x${after.address.toString(16)}` : null,
  };
}

function kindOf(built: BuiltKext, before: Kext | undefined, after: Kext, architecture: string | undefined): ProofKind {
  if (after.uuid === undefined) {
    if (!fits(built, after, architecture)) return 'anotherBuild';
    return before !== undefined && rowsAre(before, after) === 'same' ? 'sameRow' : 'likely';
  }
  if (!built.uuids.has(after.uuid)) return 'anotherBuild';
  if (before === undefined || (before.uuid !== undefined && before.uuid !== after.uuid)) return 'uuid';
  const kinds = { same: 'sameRow', different: 'sameCode', unknown: 'likely' } as const;
  return kinds[rowsAre(before, after)];
}

/** Whether two rows of the same kext are of the same load, by what both say. */
function rowsAre(before: Kext, after: Kext): 'same' | 'different' | 'unknown' {
  const pairs = [
    [before.index, after.index],
    // 0 is an address that the system hides.
    [before.address || undefined, after.address || undefined],
  ].filter(([one, other]) => one !== undefined && other !== undefined);
  if (pairs.some(([one, other]) => one !== other)) return 'different';
  return pairs.length === 0 ? 'unknown' : 'same';
}

/** Whether all that a row without a UUID says can be said of the build. */
function fits({ version, memory }: BuiltKext, listed: Kext, architecture: string | undefined): boolean {
  if (version !== undefined && !isSameVersion(version, listed.version)) return false;
  const range = architecture === undefined ? undefined : memory.get(architecture);
  if (listed.size === undefined || range === undefined) return true;
  return listed.size >= range.least && listed.size <= range.most;
}

/** The kernel prints a version in a form of its own: `1` as `1.0`. */
function isSameVersion(built: string, listed: string): boolean {
  const order = kextVersionOrder(built);
  return built === listed || (order !== undefined && order === kextVersionOrder(listed));
}
