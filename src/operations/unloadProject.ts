import type { KextBundle } from '../bundle/kextBundle.ts';
import { autopsy, type RefusedUnload } from '../diagnosis/autopsy.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { knownSuperclasses } from '../diagnosis/instances.ts';
import { refusalDiagnosis } from '../diagnosis/refusal.ts';
import { loadsFromCollections } from '../model/kextCollections.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import { kextunload, type UnloadAnswer, withKernelLines } from '../tools/kextunload.ts';
import { ask } from '../tools/runner.ts';
import { type UntouchedReason, untouchedBecause } from '../tools/unloadOutcome.ts';
import { declarationFinder } from './declarations.ts';
import { handedOver, kernelLinesOf } from './kernelLines.ts';
import type { KextProject } from './kextProject.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation, Outcome } from './operation.ts';
import { readSnapshot } from './snapshot.ts';

/** How long an object that is on its way out gets before its unload is judged, in ms. */
const settleMs = 1000;

/** What one attempt to unload came to. */
export interface Unloading {
  readonly outcome: Outcome;
  readonly diagnoses: readonly Diagnosis[];
  /** The kernel turned it down before it touched the driver, which runs on. */
  readonly untouched: boolean;
  /** Read after the attempt. */
  readonly after: Snapshot;
}

/** How the phase of an unload that came to `outcome` has ended. */
export function phaseOutcome({ outcome }: Unloading): 'done' | 'refused' {
  return outcome === 'unloaded' || outcome === 'notFound' ? 'done' : 'refused';
}

/**
 * Unloads the project's kext, once more where its last instance was only late, and remembers what that came to. Once the
 * kernel was asked there is no way back, so a cancel does not end it half-way. `built`: what is to be loaded in its place.
 */
export async function unloadProject(operation: Operation, built?: KextBundle): Promise<Unloading> {
  const signal = neverCancelled();
  const first = await attempt(operation, signal);
  const late = first.diagnoses.length > 0 && first.diagnoses.every(({ verdict }) => verdict === 'notYet');
  const unloading = late ? await attempt(operation, signal) : first;
  await remember(operation, unloading, built);
  return unloading;
}

async function attempt(operation: Operation, signal: AbortSignal): Promise<Unloading> {
  const { project, target } = operation;
  const answer = await askToUnload(operation, signal);
  const refusedClasses = answer.said.records.some(line => line.kind === 'classInstances');
  if (refusedClasses) await target.pause(settleMs, signal);
  const classes = answer.said.records.flatMap(line => (line.kind === 'classInstances' ? [line.class] : []));
  const after = await readSnapshot(target, [...project.classes, ...classes], signal);
  const stillThere = loadedKext(after, project.bundleIdentifier) !== undefined;
  if ((answer.outcome === 'unloaded' || answer.outcome === 'notFound') && !stillThere)
    return { outcome: answer.outcome, diagnoses: [], untouched: false, after };
  const outcome = answer.outcome === 'unloaded' ? 'stillLoaded' : answer.outcome;
  const diagnoses = await explain(operation, answer, outcome, after, signal);
  return { outcome, diagnoses, untouched: untouchedBecause(answer.said.records) !== undefined, after };
}

/** Where kmutil answered, the kernel's reasons are in the log alone: they are read there. */
async function askToUnload({ project, target }: Operation, signal: AbortSignal): Promise<UnloadAnswer> {
  const answer = await ask(target.runner, kextunload(project.bundleIdentifier), signal);
  if (answer.outcome === 'unloaded' || !handedOver(answer.said.notices)) return answer;
  const lines = await kernelLinesOf(project.bundleIdentifier, target, signal);
  return withKernelLines(answer, lines);
}

async function explain(
  operation: Operation,
  answer: UnloadAnswer,
  outcome: Outcome,
  after: Snapshot,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  const { project, target } = operation;
  const declarations = await declarationFinder(project, signal);
  const refused: RefusedUnload = {
    bundleIdentifier: project.bundleIdentifier,
    target: target.called,
    classes: answer.said.records.flatMap(line =>
      line.kind === 'classInstances' ? [{ class: line.class, instances: line.instances, line: line.text }] : [],
    ),
    after,
    superclasses: knownSuperclasses(declarations.all, after.registry),
    providerOf: name => project.infoPlist.personalities.find(({ ioClass }) => ioClass === name)?.ioProviderClass,
    declarationOf: declarations.positionOf,
  };
  const ofClasses = autopsy(refused);
  if (ofClasses.length > 0 && ofClasses.every(({ verdict }) => verdict === 'notYet')) return ofClasses;
  // The lines about the classes stand with the classes.
  const others = answer.said.records.filter(({ kind }) => kind !== 'classInstances' && kind !== 'classesHaveInstances');
  const lines = [...others, ...answer.said.notUnderstood].map(({ text }) => text);
  const untouched = untouchedBecause(answer.said.records);
  return [
    ...ofClasses,
    refusalDiagnosis({
      outcome,
      lines,
      notices: answer.said.notices,
      exitCode: answer.exitCode,
      kexts: after.kexts,
      bundleIdentifier: project.bundleIdentifier,
      anchor: anchorOf(project, untouched),
      target: target.called,
      untouched,
      keptByTheSystem: loadsFromCollections(after.system),
    }),
  ];
}

/** Where the Info.plist says what the refusal is about. */
function anchorOf({ infoPlist, identifierPosition }: KextProject, untouched: UntouchedReason | undefined) {
  const key = untouched === 'terminateDisallowed' ? infoPlist.allowUserTerminatePosition : undefined;
  return key ?? identifierPosition;
}

/**
 * Keeps what a later operation, window or terminal has to know. Only an unload that terminated the driver and failed is
 * a refusal that holds until the restart; a build that waits goes on waiting, whatever the unload came to.
 */
async function remember(operation: Operation, unloading: Unloading, built: KextBundle | undefined): Promise<void> {
  const { outcome, diagnoses, untouched, after } = unloading;
  const { records, project } = operation;
  const known = await records.read();
  const waits = known?.pending === undefined ? {} : { pending: known.pending };
  if ((outcome === 'refused' && !untouched) || outcome === 'stopFailed') {
    const uuid = loadedKext(after, project.bundleIdentifier)?.uuid;
    const next = built?.executable?.uuid;
    const pending = next === undefined || next === uuid ? waits : { pending: { uuid: next } };
    await records.write({ bootTime: after.system.bootTime, diagnoses, refused: { uuid }, ...pending });
  } else if (phaseOutcome(unloading) === 'done') {
    if (known?.pending === undefined) await records.clear();
    else await records.write({ bootTime: undefined, diagnoses: [], ...waits });
  }
}
