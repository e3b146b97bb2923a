import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { loadFailure, wrongBuildRuns } from '../diagnosis/loadFailure.ts';
import { stillStarting } from '../diagnosis/matching.ts';
import { notRunHere } from '../diagnosis/notRunHere.ts';
import { notStarted } from '../diagnosis/notStarted.ts';
import { refusedLoad } from '../diagnosis/refusedLoad.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import { kernelUnloadTemplates } from '../tools/kernelUnloadTemplates.ts';
import { kextload, type LoadAnswer, parseKextload } from '../tools/kextload.ts';
import { joined } from '../tools/parsedText.ts';
import { ask } from '../tools/runner.ts';
import { declarationFinder, methodFinder } from './declarations.ts';
import { handedOver, kernelLinesOf } from './kernelLines.ts';
import { factsOf } from './kextFacts.ts';
import type { Operation } from './operation.ts';
import { readSnapshot } from './snapshot.ts';

/** How long a driver that is still in its start() gets before that is told, in ms. */
const settleMs = 1000;

/** What asking for a load came to: `needsApproval` and `needsRestart` are no failures, the build is on its way. */
export interface Loading {
  readonly outcome: 'loaded' | 'needsApproval' | 'needsRestart' | 'failed';
  /** Why it failed. */
  readonly diagnoses: readonly Diagnosis[];
}

/** Asks the target to load the installed bundle. */
export async function loadBundle(operation: Operation, installed: string, signal: AbortSignal): Promise<Loading> {
  const answer = await askToLoad(operation, installed, signal);
  const { outcome } = answer;
  if (outcome === 'loaded' || outcome === 'needsApproval' || outcome === 'needsRestart')
    return { outcome, diagnoses: [] };
  return { outcome: 'failed', diagnoses: await explain(operation, installed, answer, signal) };
}

/** What the minute's log may hold of an unload before the load. */
const aboutUnloads: ReadonlySet<string> = new Set(Object.keys(kernelUnloadTemplates));

/** Where kmutil answered, the kernel's reasons are in the log alone: they are read there. */
async function askToLoad({ project, target }: Operation, installed: string, signal: AbortSignal): Promise<LoadAnswer> {
  const answer = await ask(target.runner, kextload(installed), signal);
  const failed = answer.outcome === 'loadFailed' || answer.outcome === 'unknown';
  if (!failed || !handedOver(answer.said.notices)) return answer;
  const lines = new Set(await kernelLinesOf(project.bundleIdentifier, target, signal));
  const more = parseKextload([...lines].join('\n'));
  const ofLoads = { ...more, records: more.records.filter(({ kind }) => !aboutUnloads.has(kind)) };
  return { ...answer, said: joined(ofLoads, answer.said) };
}

async function explain(
  operation: Operation,
  installed: string,
  answer: LoadAnswer,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  const { project } = operation;
  const { libraries, librariesPosition, libraryPositions } = project.infoPlist;
  const declarations = await declarationFinder(project, signal);
  const places = {
    libraryPosition: (library?: string) => (library === undefined ? librariesPosition : libraryPositions.get(library)),
    declarationOf: declarations.positionOf,
  };
  const { records } = answer.said;
  const reasons = refusedLoad(factsOf(operation), { ...places, said: records, path: installed, libraries });
  if (reasons.length > 0) return reasons;
  const lines = [...records, ...answer.said.notUnderstood].map(({ text }) => text);
  return [loadFailure(factsOf(operation), lines, answer.exitCode, places)];
}

/** What a load came to, by what the target lists afterwards. */
export interface Proof {
  /** The built binary is the one that is listed. */
  readonly proved: boolean;
  readonly diagnoses: readonly Diagnosis[];
  readonly after: Snapshot;
}

/**
 * Proves that the built binary is the one that runs, by its UUID, and that its drivers run. `alsoRight`: the UUID of another
 * build that may run in its place.
 */
export async function proveLoad(
  operation: Operation,
  bundle: KextBundle,
  signal: AbortSignal,
  alsoRight?: string,
): Promise<Proof> {
  const { project } = operation;
  const facts = factsOf(operation);
  const after = await settledSnapshot(operation, bundle, signal);
  const listed = loadedKext(after, project.bundleIdentifier)?.uuid;
  if (listed !== bundle.executable?.uuid && (listed === undefined || listed !== alsoRight)) {
    return { proved: false, diagnoses: [wrongBuildRuns(facts, bundle.executable?.uuid ?? 'no UUID', listed)], after };
  }
  const why = notRunBecause(operation, bundle);
  if (why !== undefined) return { proved: true, diagnoses: [notRunHere(facts, why)], after };
  const startOf = await methodFinder(project, signal);
  const diagnoses = bundle.infoPlist.personalities.flatMap(personality => {
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
  return { proved: true, diagnoses, after };
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
function notRunBecause({ target }: Operation, { infoPlist }: KextBundle): string | undefined {
  if (!target.simulated || infoPlist.crossBuilt) return undefined;
  return 'Its Info.plist has no KextDevCrossBuilt: it was built for a Mac.';
}
