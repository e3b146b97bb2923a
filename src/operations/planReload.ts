import { bootPolicyText, howToAllowKexts } from '../diagnosis/bootPolicyText.ts';
import type { UnloadObstacle } from '../diagnosis/unloadObstacles.ts';
import { holdsIn } from '../model/boot.ts';
import { capabilitiesOf, macosName } from '../model/capabilities.ts';
import type { Capabilities } from '../model/capabilityTable.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import type { System } from '../model/system.ts';
import { obstaclesOf } from './confirmUnload.ts';
import { findDependents, noDependents, unloadedFirst } from './dependents.ts';
import { installFolderOf } from './installPlace.ts';
import type { KextRecord } from './kextRecord.ts';
import type { Operation } from './operation.ts';
import type { PhaseName } from './phases.ts';
import { readSystemWithPolicy } from './readSystem.ts';
import { readSnapshot } from './snapshot.ts';

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
  const loaded = loadedKext(snapshot, project.bundleIdentifier);
  const unloads = loaded !== undefined && !capabilities.fromCollection.value;
  const dependents = unloads ? await findDependents(operation, snapshot.kexts, signal) : noDependents;
  const first = unloadedFirst(dependents).map(each => each.operation.project.bundleIdentifier);
  return {
    bundleIdentifier: project.bundleIdentifier,
    target: target.name,
    system: `macOS ${snapshot.system.version}`,
    steps: steps(operation, { unloads, capabilities, first, folder: await installFolderOf(operation, signal) }),
    obstacles: unloads ? await obstaclesOf(operation, snapshot, dependents, signal) : [],
    notes: [...(await policyNotes(operation, signal)), ...notes(operation, snapshot, record)],
  };
}

interface Known {
  readonly unloads: boolean;
  readonly capabilities: Capabilities;
  /** Into which the build goes. */
  readonly folder: string;
  /** What is unloaded before the kext, in that order, and loaded after it. */
  readonly first: readonly string[];
}

function steps({ project, target }: Operation, { unloads, capabilities, first, folder }: Known): readonly PlanStep[] {
  const user = (name: PlanStep['name'], does: string): PlanStep => ({ name, does, asRoot: false });
  const root = (name: PlanStep['name'], does: string): PlanStep => ({ name, does, asRoot: true });
  const kexts = [...first, project.bundleIdentifier];
  const { loadNeedsApproval, loadNeedsRestart } = capabilities;
  const approval = user('approval', 'its owner approves the bundle, where it has changed');
  const restart = user('restart', `${target.called} restarts, where the bundle has changed`);
  return [
    user('building', `${project.buildCommand.join(' ')}, in ${project.folder}`),
    ...(unloads ? [withEach(kexts, root('unloading', 'terminates its services and takes it out of the kernel'))] : []),
    root('installing', `into ${folder}`),
    withEach(kexts.toReversed(), root('loading', 'asks the kernel for the installed copy')),
    ...(loadNeedsApproval.value ? [approval] : []),
    ...(loadNeedsRestart.value ? [restart] : []),
    withEach(kexts.toReversed(), user('verifying', 'the loaded UUID is the one of the build, and its drivers run')),
  ];
}

/** The step as it is done with several kexts; with one alone it is the one that the plan is about. */
function withEach(kexts: readonly string[], step: PlanStep): PlanStep {
  return kexts.length === 1 ? step : { ...step, does: `${kexts.join(', then ')}: ${step.does}`, kexts };
}

/** A reload would install nothing. */
async function policyNotes({ target }: Operation, signal: AbortSignal): Promise<readonly string[]> {
  if (target.simulated) return [];
  const system = await readSystemWithPolicy(target, signal);
  if (system.bootPolicy === undefined || capabilitiesOf(system).bootPolicyAllowsKexts.value) return [];
  const told = bootPolicyText(system.bootPolicy);
  return [
    `The boot policy of ${target.called} keeps kexts out, so that nothing is installed: ${told}. ${howToAllowKexts}`,
  ];
}

function notes({ project, target }: Operation, snapshot: Snapshot, record: KextRecord | undefined): readonly string[] {
  const loaded = loadedKext(snapshot, project.bundleIdentifier);
  const sameBoot = record !== undefined && holdsIn(record, snapshot.system);
  return [
    ...(capabilitiesOf(snapshot.system).loadNeedsRestart.value
      ? [collectionNote(snapshot.system, loaded !== undefined)]
      : []),
    ...(record?.refused !== undefined && sameBoot && loaded !== undefined
      ? [`Its unload was refused since ${target.called} started: a new build waits for the restart.`]
      : []),
    ...(record?.pending !== undefined && !sameBoot ? ['A build waited for the restart: Finish Reload loads it.'] : []),
  ];
}

/** What a system that takes kexts from a collection makes of a reload. */
export function collectionNote(system: System, isLoaded: boolean): string {
  const check = isLoaded ? ' What runs is not unloaded for it: Unload Kext is there as the leak check.' : '';
  return `${macosName(system)} runs the new code only after a restart; Reload will prepare it and go on after the restart.${check}`;
}
