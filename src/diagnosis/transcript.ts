import type { ClassCounts, Superclasses } from '../model/classCounts.ts';
import type { RegistryEntry } from '../model/registryEntry.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import { parseIoregTree } from '../tools/ioreg.ts';
import { isIoregArchive, parseIoregArchive } from '../tools/ioregArchive.ts';
import { type LoadLine, parseKextload } from '../tools/kextload.ts';
import { parseKextunload, type UnloadLine } from '../tools/kextunload.ts';
import { isAboutLoad } from '../tools/kmutilErrors.ts';
import { loadOutcome } from '../tools/loadOutcome.ts';
import { unloadOutcome, untouchedBecause } from '../tools/unloadOutcome.ts';
import { autopsy } from './autopsy.ts';
import type { Diagnosis } from './diagnosis.ts';
import { creatorProperty } from './holders.ts';
import { knownSuperclasses } from './instances.ts';
import { loadFailure } from './loadFailure.ts';
import { refusalDiagnosis } from './refusal.ts';
import { kextOfError } from './refusedByKmutil.ts';
import { refusedLoad } from './refusedLoad.ts';
import { savedCounts } from './savedCounts.ts';
import { waitingForApproval, waitingForRestart } from './waiting.ts';

/** What somebody saved of a refused unload or load, as text. */
export interface Transcript {
  /** What kextunload, kextload or the kernel log printed. */
  readonly said: string;
  /** An ioreg tree or archive of the moment after. */
  readonly registry: string | undefined;
  /** What ioclasscount printed at the moment after, or an ioreg tree or archive with IOKitDiagnostics. */
  readonly counts: string | undefined;
}

/** What the source tells, where there is one. */
export interface TranscriptSource {
  readonly declared: readonly { readonly name: string; readonly superclass: string | undefined }[];
  readonly declarationOf: (className: string) => SourcePosition | undefined;
  /** Of the CFBundleIdentifier, by bundle identifier. */
  readonly identifierPosition: (bundleIdentifier: string) => SourcePosition | undefined;
}

/** The verdict on a transcript. */
export interface TranscriptDiagnosis {
  readonly outcome: string;
  readonly bundleIdentifier: string | undefined;
  readonly diagnoses: readonly Diagnosis[];
}

/** The target has no name in a transcript. */
const target = 'the Mac';

/** Diagnoses a refusal from what was saved of it, without a target. */
export function diagnoseTranscript(transcript: Transcript, source: TranscriptSource): TranscriptDiagnosis {
  const unload = parseKextunload(transcript.said);
  const outcome = unloadOutcome(unload.records, null);
  const ofLoad =
    unload.records.some(line => line.kind === 'kmutilError' && isAboutLoad(line)) ||
    unload.notices.some(notice => notice.startsWith('Executing: /usr/bin/kmutil load '));
  if (outcome === 'unknown' || ofLoad) return diagnoseLoad(transcript.said, source);
  const bundleIdentifier = kextNamed(unload.records);
  if (outcome === 'unloaded') return { outcome, bundleIdentifier, diagnoses: [] };
  const classes = unload.records.flatMap(line =>
    line.kind === 'classInstances' ? [{ class: line.class, instances: line.instances, line: line.text }] : [],
  );
  const registry = transcript.registry === undefined ? undefined : readRegistry(transcript.registry);
  const superclasses: Superclasses = knownSuperclasses(source.declared, registry ?? []);
  const counts = countsOf(transcript.counts, classes);
  const diagnoses = autopsy({
    bundleIdentifier: bundleIdentifier ?? '',
    target,
    classes,
    after: registry === undefined ? undefined : { classCounts: counts, registry, objects: registry },
    superclasses,
    declarationOf: source.declarationOf,
  });
  const whole = refusalDiagnosis({
    outcome,
    lines: unload.records.filter(({ kind }) => kind !== 'classInstances').map(({ text }) => text),
    exitCode: null,
    kexts: [],
    bundleIdentifier: bundleIdentifier ?? 'the kext',
    anchor: bundleIdentifier === undefined ? undefined : source.identifierPosition(bundleIdentifier),
    target,
    untouched: untouchedBecause(unload.records),
  });
  return { outcome, bundleIdentifier, diagnoses: [...diagnoses, whole] };
}

function diagnoseLoad(said: string, source: TranscriptSource): TranscriptDiagnosis {
  const load = parseKextload(said);
  const outcome = loadOutcome(load.records, null);
  const bundleIdentifier = load.records.map(kextOfLine).find(id => id !== undefined);
  if (outcome === 'unknown' || outcome === 'loaded') return { outcome, bundleIdentifier, diagnoses: [] };
  const identifierPosition = bundleIdentifier === undefined ? undefined : source.identifierPosition(bundleIdentifier);
  const facts = { bundleIdentifier: bundleIdentifier ?? 'the kext', target, identifierPosition };
  const lines = load.records.map(({ text }) => text);
  if (outcome === 'needsApproval' || outcome === 'needsRestart') {
    const waiting = outcome === 'needsApproval' ? waitingForApproval : waitingForRestart;
    const evidence = lines.map(text => ({ text }));
    return { outcome, bundleIdentifier, diagnoses: [{ ...waiting(facts, undefined, undefined), evidence }] };
  }
  const reasons = refusedLoad(facts, { ...undeclared, declarationOf: source.declarationOf, said: load.records });
  return { outcome, bundleIdentifier, diagnoses: reasons.length > 0 ? reasons : [loadFailure(facts, lines, null)] };
}

/** What the kext links against is not known here, so that no library is proposed. */
const undeclared = {
  path: '',
  libraries: new Map([
    ['com.apple.kpi.iokit', ''],
    ['com.apple.kpi.libkern', ''],
  ]),
  libraryPosition: () => undefined,
};

function kextOfLine(line: LoadLine): string | undefined {
  if (line.kind === 'kmutilError') return kextOfError(line);
  return 'kext' in line ? line.kext : undefined;
}

function kextNamed(records: readonly UnloadLine[]): string | undefined {
  return records.map(line => ('kext' in line ? line.kext : undefined)).find(kext => kext !== undefined);
}

/** Reads an ioreg tree or archive, whichever it is. */
function readRegistry(text: string): readonly RegistryEntry[] {
  if (isIoregArchive(text)) return parseIoregArchive(text, key => key === creatorProperty).records;
  return parseIoregTree(text).records;
}

/** The counts that were saved; where none were, those of the refusal itself. */
function countsOf(
  text: string | undefined,
  classes: readonly { readonly class: string; readonly instances: number }[],
): ClassCounts {
  const counts = new Map(classes.map(each => [each.class, each.instances]));
  for (const [name, instances] of text === undefined ? [] : savedCounts(text)) counts.set(name, instances);
  return counts;
}
