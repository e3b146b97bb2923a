import type { ClassCounts, Superclasses } from '../model/classCounts.ts';
import { everyEntry, type RegistryEntry } from '../model/registryEntry.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import { parseIoregTree } from '../tools/ioreg.ts';
import { isIoregArchive, parseIoregArchive } from '../tools/ioregArchive.ts';
import type { LoadLine } from '../tools/kext/loadText.ts';
import { parseKextload } from '../tools/kextload.ts';
import { parseKextunload, type UnloadLine } from '../tools/kextunload.ts';
import type { KextLog } from '../tools/log/kextLog.ts';
import { loadOutcome } from '../tools/outcome/loadOutcome.ts';
import { unloadOutcome } from '../tools/outcome/unloadOutcome.ts';
import { unloadReason } from '../tools/outcome/unloadReason.ts';
import { parsePanic } from '../tools/panic.ts';
import { unindented } from '../tools/text/indent.ts';
import { autopsy } from './autopsy.ts';
import type { Diagnosis } from './diagnosis.ts';
import { creatorProperty } from './holders.ts';
import { knownSuperclasses } from './instances.ts';
import { loadByCatalogue } from './loadByCatalogue.ts';
import { loadFailure } from './loadFailure.ts';
import { panickedByLog } from './panickedByLog.ts';
import { refusalDiagnosis } from './refusal.ts';
import { kextOfError } from './refusedByKmutil.ts';
import { refusedLoad } from './refusedLoad.ts';
import { savedCounts } from './savedCounts.ts';
import { suspectedKext } from './suspectedKext.ts';
import { isOfLoad, transcriptText } from './transcriptText.ts';
import { waitingForApproval, waitingForRestart } from './waiting.ts';

/** What somebody saved of a refused unload or load, as text. */
export interface Transcript {
  /** What kextunload, kextload or the log printed, or all of them in one; empty where only the log was saved. */
  readonly said: string;
  /** It was saved as what a load printed; a few words are said of an unload, too. */
  readonly isOfLoad?: boolean;
  /** What the log of that moment says about kexts. */
  readonly log?: KextLog | undefined;
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

/** Diagnoses a refusal from what was saved of it, without a target. Each text may be set in as a whole. */
export function diagnoseTranscript(transcript: Transcript, source: TranscriptSource): TranscriptDiagnosis {
  const said = transcriptText(unindented(transcript.said), transcript.log);
  const unload = parseKextunload(said);
  const outcome = unloadOutcome(unload.records, null);
  if (outcome === 'unknown' || isOfLoad(unload) || (transcript.isOfLoad === true && saysOfLoad(said)))
    return diagnoseLoad(said, source);
  const bundleIdentifier = kextNamed(unload.records);
  if (outcome === 'unloaded') return { outcome, bundleIdentifier, diagnoses: [] };
  const classes = classesIn(unload.records);
  const registry = transcript.registry === undefined ? undefined : readRegistry(unindented(transcript.registry));
  const superclasses: Superclasses = knownSuperclasses(source.declared, registry ?? []);
  const counts = countsOf(transcript.counts, classes);
  const diagnoses = autopsy({
    bundleIdentifier: bundleIdentifier ?? '',
    target,
    classes,
    after: registry === undefined ? undefined : { ...counts, registry, objects: registry },
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
    because: unloadReason(unload.records),
  });
  const timedOut = diagnoses.map(each => withTimeout(each, unload.records, registry ?? []));
  return { outcome, bundleIdentifier, diagnoses: [...timedOut, whole] };
}

function classesIn(records: readonly UnloadLine[]) {
  return records.flatMap(line =>
    line.kind === 'classInstances' ? [{ class: line.class, instances: line.instances, line: line.text }] : [],
  );
}

/** A service that the kernel waited for in vain tells of its class: by its id, or by its name, which mostly is the class. */
function withTimeout(
  diagnosis: Diagnosis,
  records: readonly UnloadLine[],
  registry: readonly RegistryEntry[],
): Diagnosis {
  const lines = records.flatMap(line => {
    if (line.kind !== 'threadTimedOut') return [];
    // Before 10.10 the kernel gives no id.
    const entry = 'id' in line ? entryOf(line.id, registry) : undefined;
    const className = entry?.className ?? line.service;
    return className === diagnosis.class ? [{ text: line.text }] : [];
  });
  return lines.length === 0 ? diagnosis : { ...diagnosis, evidence: [...diagnosis.evidence, ...lines] };
}

function entryOf(id: bigint, registry: readonly RegistryEntry[]): RegistryEntry | undefined {
  for (const entry of everyEntry(registry)) if (entry.id === id) return entry;
  return undefined;
}

function diagnoseLoad(said: string, source: TranscriptSource): TranscriptDiagnosis {
  const load = parseKextload(said);
  const outcome = loadOutcome(load.records, null);
  const bundleIdentifier = load.records.map(kextOfLine).find(id => id !== undefined);
  if (outcome === 'unknown') return diagnosePanic(said, source) ?? knownOfLoad(said, bundleIdentifier, source);
  if (outcome === 'loaded') return { outcome, bundleIdentifier, diagnoses: [] };
  const identifierPosition = bundleIdentifier === undefined ? undefined : source.identifierPosition(bundleIdentifier);
  const facts = { bundleIdentifier: bundleIdentifier ?? 'the kext', target, identifierPosition };
  const lines = load.records.map(({ text }) => text);
  if (outcome === 'needsApproval' || outcome === 'needsRestart') {
    const waiting = outcome === 'needsApproval' ? waitingForApproval : waitingForRestart;
    const evidence = lines.map(text => ({ text }));
    return { outcome, bundleIdentifier, diagnoses: [{ ...waiting(facts, undefined, undefined), evidence }] };
  }
  const places = { ...undeclared, declarationOf: source.declarationOf };
  const reasons = refusedLoad(facts, { ...places, said: load.records });
  return {
    outcome,
    bundleIdentifier,
    diagnoses: reasons.length > 0 ? reasons : [loadFailure(facts, lines, null, places)],
  };
}

function saysOfLoad(said: string): boolean {
  return loadOutcome(parseKextload(said).records, null) !== 'unknown';
}

/** Lines that were taken out of what a tool printed, and tell no end of a load. */
function knownOfLoad(
  said: string,
  bundleIdentifier: string | undefined,
  { identifierPosition, declarationOf }: TranscriptSource,
): TranscriptDiagnosis {
  const factsOf = (named: string | undefined) => ({
    bundleIdentifier: bundleIdentifier ?? named ?? 'the kext',
    target,
    identifierPosition: identifierPosition(bundleIdentifier ?? named ?? ''),
  });
  const known = loadByCatalogue(said, factsOf, { ...undeclared, declarationOf });
  if (known === undefined) return { outcome: 'unknown', bundleIdentifier, diagnoses: [] };
  const { outcome, kext, diagnosis } = known;
  return { outcome, bundleIdentifier: bundleIdentifier ?? kext, diagnoses: [diagnosis] };
}

/** A text that is about no load and no unload may be a panic log; of several panics in it the newest is the one that is meant. */
function diagnosePanic(said: string, source: TranscriptSource): TranscriptDiagnosis | undefined {
  const panic = parsePanic(said).records.at(-1);
  if (panic === undefined) return undefined;
  const bundleIdentifier = suspectedKext(panic)?.kext.name;
  return { outcome: 'unknown', bundleIdentifier, diagnoses: [panickedByLog(panic, source)] };
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
  if ('kext' in line) return line.kext;
  // The tools name a kext by its path or by its identifier.
  return 'what' in line && /^[\w-]+(?:\.[\w-]+){2,}$/.test(line.what ?? '') ? line.what : undefined;
}

/** The kernel's line on a service that it does not terminate names the kext of the service's class. */
function kextNamed(records: readonly UnloadLine[]): string | undefined {
  return records.flatMap(line => ('kext' in line && line.kind !== 'terminateDisallowed' ? [line.kext] : []))[0];
}

/** Reads an ioreg tree or archive, whichever it is; undefined for a text that is neither. Of nothing ioreg prints nothing. */
function readRegistry(text: string): readonly RegistryEntry[] | undefined {
  const { records } = isIoregArchive(text)
    ? parseIoregArchive(text, key => key === creatorProperty)
    : parseIoregTree(text);
  return records.length === 0 && text.trim() !== '' ? undefined : records;
}

/** The counts that were saved; where none were, those of the refusal itself. */
function countsOf(
  text: string | undefined,
  classes: readonly { readonly class: string; readonly instances: number }[],
): { readonly classCounts: ClassCounts; readonly countedBy: (className: string) => string } {
  const saved = text === undefined ? undefined : savedCounts(unindented(text));
  const refused = classes.map(each => [each.class, each.instances] as const);
  return {
    classCounts: new Map([...refused, ...(saved?.counts ?? [])]),
    countedBy: className => (saved?.counts.has(className) ? saved.by : 'the kernel’s line'),
  };
}
