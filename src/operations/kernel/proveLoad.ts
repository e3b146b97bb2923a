import type { KextBundle } from '../../bundle/kextBundle.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { builtKext, type LoadProof, loadProof } from '../../diagnosis/loadProof.ts';
import { stillStarting } from '../../diagnosis/matching.ts';
import { notRunHere } from '../../diagnosis/notRunHere.ts';
import { notStarted } from '../../diagnosis/notStarted.ts';
import { notReloaded } from '../../diagnosis/wrongBuild.ts';
import type { Kext } from '../../model/kext.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { Target } from '../../tools/port/target.ts';
import type { Operation } from '../operation.ts';
import { methodFinder } from '../project/declarations.ts';
import { factsOf } from '../project/kextFacts.ts';
import { readSnapshot } from './snapshot.ts';
import { anotherRuns } from './whichRuns.ts';

/** How long a driver that is still in its start() gets before that is told, in ms. */
const settleMs = 1000;

/** What a load is proved against. */
export interface BeforeLoad {
  /** The row that was listed before anything was done; absent where the kext was not loaded. */
  readonly row?: Kext | undefined;
  /** What is told where the system keeps what is unloaded until it restarts, so that it runs on. */
  readonly kept?: Diagnosis;
  /** The UUID of another build that may run in place of the newest one. */
  readonly alsoRight?: string | undefined;
}

/** What a load came to, by what the target lists afterwards. */
export interface Proof {
  /** The built binary is the one that is listed. */
  readonly proved: boolean;
  readonly proof: LoadProof;
  readonly diagnoses: readonly Diagnosis[];
  readonly after: Snapshot;
}

/** Proves that the built binary is the one that runs, by the list's row of it, and that its drivers run. */
export async function proveLoad(
  operation: Operation,
  bundle: KextBundle,
  before: BeforeLoad,
  signal: AbortSignal,
): Promise<Proof> {
  const after = await settledSnapshot(operation, bundle, signal);
  const { bundleIdentifier } = operation.project;
  const listed = loadedKext(after, bundleIdentifier);
  const built = builtKext(bundle, before.alsoRight);
  const proof = loadProof(built, before.row, listed, after.system.architecture);
  if (proof.kind === 'anotherBuild' || proof.kind === 'notListed') {
    const diagnosis = await anotherRuns(operation, bundle, proof, before.row, signal);
    return { proved: false, proof, diagnoses: [diagnosis], after };
  }
  const stays = proof.kind === 'sameRow' && !before.kept;
  const again = stays ? [notReloaded(factsOf(operation), proof)] : [];
  return {
    proved: !stays,
    proof,
    diagnoses: [...again, ...(await whatDoesNotRun(operation, bundle, after, signal))],
    after,
  };
}

/** The drivers of the build that did not start, or why none of its code runs here. */
async function whatDoesNotRun(
  operation: Operation,
  bundle: KextBundle,
  after: Snapshot,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  const { project } = operation;
  const facts = factsOf(operation);
  const why = notRunBecause(operation, bundle);
  if (why !== undefined) return [notRunHere(facts, why)];
  const startOf = await methodFinder(project, signal);
  return bundle.infoPlist.personalities.flatMap(personality => {
    if (personality.ioClass === undefined) return [];
    const { name, ioClass, ioProviderClass } = personality;
    const written = project.infoPlist.personalities.find(each => each.name === name);
    const match = {
      personality: name,
      ioClass,
      providerClass: ioProviderClass,
      ioClassPosition: written?.ioClassPosition,
      start: startOf(ioClass, 'start'),
    };
    return notStarted(facts, match, after, project.classes) ?? [];
  });
}

/** A driver whose start() takes its time gets some before it is judged. */
async function settledSnapshot(
  { project, target }: Operation,
  { infoPlist: { personalities } }: KextBundle,
  signal: AbortSignal,
): Promise<Snapshot> {
  const after = await readSnapshot(target, project.classes, signal);
  if (!personalities.some(({ ioClass }) => ioClass !== undefined && stillStarting(ioClass, after))) return after;
  await target.pause(settleMs, signal);
  return readSnapshot(target, project.classes, signal);
}

/** Why the target lists a kext and cannot run it; undefined where it runs. */
function notRunBecause(
  { target }: { readonly target: Pick<Target, 'simulated'> },
  { infoPlist }: KextBundle,
): string | undefined {
  if (!target.simulated || infoPlist.crossBuilt) return undefined;
  return 'Its Info.plist has no KextDevCrossBuilt: it was built for a Mac.';
}
