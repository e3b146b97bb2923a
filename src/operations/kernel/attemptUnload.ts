import { autopsy, type RefusedUnload } from '../../diagnosis/autopsy.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { knownSuperclasses } from '../../diagnosis/instances.ts';
import { refusalDiagnosis } from '../../diagnosis/refusal.ts';
import { capabilitiesOf } from '../../model/capabilities.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { SourcePosition } from '../../model/sourcePosition.ts';
import type { ClassDeclaration } from '../../source/classDeclarations.ts';
import { kextunload, type UnloadAnswer, withKernelLines } from '../../tools/kextunload.ts';
import { type UnloadReason, unloadReason } from '../../tools/outcome/unloadReason.ts';
import type { Target } from '../../tools/port/target.ts';
import type { Outcome } from '../operation.ts';
import { askHearingKernel } from './askHearingKernel.ts';
import { readSnapshot } from './snapshot.ts';

/** How long an object that is on its way out gets before its unload is judged, in ms. */
const settleMs = 1000;

/** The kext that is to go, and what is known of its source. */
export interface LeavingKext {
  readonly bundleIdentifier: string;
  /** Its own. */
  readonly classes: readonly string[];
  /** As its source has them at the moment. */
  readonly declarations: () => Promise<readonly ClassDeclaration[]>;
  /** The IOProviderClass of the personality with that IOClass. */
  readonly providerOf: (ioClass: string) => string | undefined;
  /** Where its Info.plist says what a refusal is about. */
  readonly anchorOf: (because: UnloadReason['kind'] | undefined) => SourcePosition | undefined;
}

/** What one attempt to unload came to. */
export interface Unloading {
  readonly outcome: Outcome;
  readonly diagnoses: readonly Diagnosis[];
  /** The kernel turned it down before it had terminated the services: the driver, or a part of it, runs on. */
  readonly untouched: boolean;
  /** Read after the attempt. */
  readonly after: Snapshot;
}

/** Asks the kernel once to unload the kext, and believes only the list that is read afterwards. */
export async function attemptUnload(kext: LeavingKext, target: Target, signal: AbortSignal): Promise<Unloading> {
  const answer = await askToUnload(kext, target, signal);
  const refusedClasses = answer.said.records.some(line => line.kind === 'classInstances');
  if (refusedClasses) await target.pause(settleMs, signal);
  const classes = answer.said.records.flatMap(line => (line.kind === 'classInstances' ? [line.class] : []));
  const after = await readSnapshot(target, [...kext.classes, ...classes], signal);
  const stillThere = loadedKext(after, kext.bundleIdentifier) !== undefined;
  if ((answer.outcome === 'unloaded' || answer.outcome === 'notFound') && !stillThere)
    return { outcome: answer.outcome, diagnoses: [], untouched: false, after };
  const outcome = answer.outcome === 'unloaded' ? 'stillLoaded' : answer.outcome;
  const diagnoses = await explain(kext, target, answer, outcome, after);
  const { progress } = unloadReason(answer.said.records) ?? {};
  return { outcome, diagnoses, untouched: progress !== undefined && progress !== 'terminated', after };
}

async function askToUnload(
  { bundleIdentifier }: LeavingKext,
  target: Target,
  signal: AbortSignal,
): Promise<UnloadAnswer> {
  const command = kextunload(bundleIdentifier);
  const hasFailed = ({ outcome }: UnloadAnswer) => outcome !== 'unloaded';
  const heard = await askHearingKernel({ bundleIdentifier, about: 'unload', command, hasFailed }, target, signal);
  return withKernelLines(heard.answer, heard.kernel);
}

async function explain(
  kext: LeavingKext,
  target: Target,
  answer: UnloadAnswer,
  outcome: Outcome,
  after: Snapshot,
): Promise<readonly Diagnosis[]> {
  const declarations = await kext.declarations();
  const byName = new Map(declarations.map(each => [each.name, each.declaration]));
  const refused: RefusedUnload = {
    bundleIdentifier: kext.bundleIdentifier,
    target: target.called,
    classes: answer.said.records.flatMap(line =>
      line.kind === 'classInstances' ? [{ class: line.class, instances: line.instances, line: line.text }] : [],
    ),
    after,
    superclasses: knownSuperclasses(declarations, after.registry),
    providerOf: kext.providerOf,
    declarationOf: name => byName.get(name),
  };
  const ofClasses = autopsy(refused);
  if (ofClasses.length > 0 && ofClasses.every(({ verdict }) => verdict === 'notYet')) return ofClasses;
  // The lines about the classes stand with the classes.
  const others = answer.said.records.filter(({ kind }) => kind !== 'classInstances' && kind !== 'classesHaveInstances');
  const lines = [...others, ...answer.said.notUnderstood].map(({ text }) => text);
  const because = unloadReason(answer.said.records);
  return [
    ...ofClasses,
    refusalDiagnosis({
      outcome,
      lines,
      notices: answer.said.notices,
      exitCode: answer.exitCode,
      kexts: after.kexts,
      bundleIdentifier: kext.bundleIdentifier,
      anchor: kext.anchorOf(because?.kind),
      target: target.called,
      because,
      keptByTheSystem: capabilitiesOf(after.system).unloadTakesEffect.value !== 'at once',
    }),
  ];
}
