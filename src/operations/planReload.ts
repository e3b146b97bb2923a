import type { UnloadObstacle } from '../diagnosis/unloadObstacles.ts';
import { holdsIn } from '../model/boot.ts';
import { capabilitiesOf } from '../model/capabilities.ts';
import type { Capabilities } from '../model/capabilityTable.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { installFolderOf } from './install/installPlace.ts';
import { whyUnfit } from './install/unfitForTarget.ts';
import { readSnapshot } from './kernel/snapshot.ts';
import type { Operation } from './operation.ts';
import type { PhaseName } from './phases.ts';
import { product } from './project/product.ts';
import type { KextRecord } from './record/kextRecord.ts';
import { type ReloadCourse, reloadCourse } from './reloadCourse.ts';
import { obstaclesOf } from './unload/confirmUnload.ts';
import { findDependents, noDependents, unloadedFirst } from './unload/dependents.ts';

/** One step of a reload, as it is known before anything runs. */
export interface PlanStep {
  readonly name: PhaseName | 'approval' | 'restart';
  /** What it does, in a few words. */
  readonly does: string;
  readonly asRoot: boolean;
  /** Every kext that it is done with, in that order, where it is not the one that was asked for alone. */
  readonly kexts?: readonly string[];
}

/** How a reload will go, by what the target holds at this moment. */
export interface ReloadPlan {
  readonly bundleIdentifier: string;
  /** As the user sees it. */
  readonly target: string;
  readonly system: string;
  readonly steps: readonly PlanStep[];
  /** What is likely to make the kernel refuse the unload; nothing where the reload does not unload. */
  readonly obstacles: readonly UnloadObstacle[];
  /** What else one should know. */
  readonly notes: readonly string[];
}

/** Show Reload Plan: looks at the project and the target, and changes neither. */
export async function planReload(operation: Operation, signal: AbortSignal): Promise<ReloadPlan> {
  const { project, target, records } = operation;
  const snapshot = await readSnapshot(target, project.classes, signal);
  const record = await records.read();
  const capabilities = capabilitiesOf(snapshot.system);
  const course = await reloadCourse(operation, snapshot, record, signal);
  const { unloads } = course;
  const dependents = unloads === 'always' ? await findDependents(operation, snapshot.kexts, signal) : noDependents;
  const first = unloadedFirst(dependents).map(each => each.operation.project.bundleIdentifier);
  const folder = await installFolderOf(operation, signal);
  return {
    bundleIdentifier: project.bundleIdentifier,
    target: target.name,
    system: `macOS ${snapshot.system.version}`,
    steps: steps(operation, { course, capabilities, first, folder }),
    obstacles: unloads === 'never' ? [] : await obstaclesOf(operation, snapshot, dependents, signal),
    notes: [
      ...[course.stops ?? course.restart].filter(note => note !== undefined),
      ...(await lastBuildNotes(operation, course, signal)),
      ...notes(snapshot, record),
    ],
  };
}

interface Known {
  readonly course: ReloadCourse;
  readonly capabilities: Capabilities;
  /** Into which the build goes. */
  readonly folder: string;
  /** What is unloaded before the kext, in that order, and loaded after it. */
  readonly first: readonly string[];
}

function steps({ project, target }: Operation, { course, capabilities, first, folder }: Known): readonly PlanStep[] {
  const user = (name: PlanStep['name'], does: string): PlanStep => ({ name, does, asRoot: false });
  const root = (name: PlanStep['name'], does: string): PlanStep => ({ name, does, asRoot: true });
  const building = user('building', `${project.buildCommand.join(' ')}, in ${project.folder}`);
  if (course.stops !== undefined) return [building];
  const kexts = [...first, project.bundleIdentifier];
  const { loadNeedsApproval, loadNeedsRestart } = capabilities;
  const takesOut = 'terminates its services and takes it out of the kernel';
  const again = course.refused ? 'once more, ' : '';
  const unloading = {
    always: [withEach(kexts, root('unloading', again + takesOut))],
    sameBuild: [root('unloading', `only where the build is the one that runs: ${takesOut}`)],
    never: [],
  };
  const approval = user('approval', 'its owner approves the bundle, where it has changed');
  const restarts = (where: string) => user('restart', `${target.called} restarts, where ${where}`);
  const refusedAgain = course.refused && !loadNeedsRestart.value ? [restarts('the unload is refused again')] : [];
  return [
    building,
    ...unloading[course.unloads],
    ...refusedAgain,
    root('installing', `into ${folder}`),
    withEach(kexts.toReversed(), root('loading', 'asks the kernel for the installed copy')),
    ...(loadNeedsApproval.value ? [approval] : []),
    ...(loadNeedsRestart.value ? [restarts('the bundle has changed')] : []),
    withEach(kexts.toReversed(), user('verifying', 'the loaded UUID is the one of the build, and its drivers run')),
  ];
}

/** The step as it is done with several kexts; with one alone it is the one that the plan is about. */
function withEach(kexts: readonly string[], step: PlanStep): PlanStep {
  return kexts.length === 1 ? step : { ...step, kexts };
}

/** Why the build that is there would not be installed; the next one may be another. What stops any build is told by itself. */
async function lastBuildNotes(
  operation: Operation,
  { stops }: ReloadCourse,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (operation.target.simulated) return [];
  const { bundle } = await product(operation.project);
  const unfit = bundle === undefined ? [] : await whyUnfit(operation, bundle, signal);
  return unfit
    .filter(({ diagnosis }) => stops === undefined || diagnosis.cause !== 'keptOutByBootPolicy')
    .map(({ before }) => `The last build would not be installed: ${before}`);
}

function notes(snapshot: Snapshot, record: KextRecord | undefined): readonly string[] {
  const sameBoot = record !== undefined && holdsIn(record, snapshot.system);
  return record?.pending !== undefined && !sameBoot ? ['A build waited for the restart: Finish Reload loads it.'] : [];
}
