import type { PanicLog, PanicLogDependency, PanicLogFrame, PanicLogLastKext, PanicLogLoadedKext } from '../panicLog.ts';
import type { PanicFact, PanicField, PanicList } from './panicFacts.ts';
import { readLoadedKexts } from './panicKexts.ts';
import type { PanicLine } from './panicLine.ts';
import { completed, continuedReason, type PanicReason, placeOf, startedReason } from './panicReason.ts';

interface DraftKext extends PanicLogDependency {
  readonly dependencies: PanicLogDependency[];
}

/** A panic log of which lines still come in. */
export interface PanicDraft {
  readonly first: number;
  readonly fields: Partial<Record<PanicField | 'trap' | 'process', string>>;
  readonly frames: PanicLogFrame[];
  readonly kexts: DraftKext[];
  readonly details: string[];
  panic?: { readonly cpu: number; readonly caller: bigint | undefined };
  reason?: PanicReason;
  pid?: number;
  lastLoaded?: PanicLogLastKext;
  lastUnloaded?: PanicLogLastKext;
  loaded?: PanicLogLoadedKext[];
  unloaded?: PanicLogLoadedKext[];
  list?: PanicList | undefined;
  /** The field whose value stands on the next line. */
  awaits?: PanicField | undefined;
  /** Lines that no panic log is known to have. They belong to this one if one that is known follows. */
  readonly pending: PanicLine[];
  /** False while there are only lines that stand above a panic. */
  begun: boolean;
  closed: boolean;
}

/** A draft that starts on that line. */
export function emptyDraft(first: number): PanicDraft {
  const lists = { frames: [], kexts: [], details: [], pending: [] };
  return { first, fields: {}, ...lists, begun: false, closed: false };
}

/** True where the lines of a list went on: the names of loaded kexts are told by the list's title alone. */
export function takeLoadedKexts(draft: PanicDraft, { text, bare }: PanicLine): boolean {
  if (draft.list !== 'loaded' && draft.list !== 'unloaded') return false;
  const kexts = readLoadedKexts(bare);
  if (!kexts) return false;
  const list = draft.list === 'loaded' ? draft.loaded : draft.unloaded;
  for (const kext of kexts) list?.push(kext);
  // `- last loaded 31583948` behind a kext is in no field.
  if (kexts.length === 0 || bare.includes(' - last ')) draft.details.push(text);
  return true;
}

/** Adds what one line says. */
export function addFact(draft: PanicDraft, fact: PanicFact, { text }: PanicLine): void {
  draft.begun ||= fact.is !== 'head' && fact.is !== 'member' && fact.is !== 'weak';
  if (fact.is === 'separator') draft.closed = true;
  if (fact.is !== 'frame' && fact.is !== 'kext') draft.details.push(text);
  switch (fact.is) {
    case 'panic':
      draft.panic = { cpu: fact.cpu, caller: fact.caller };
      draft.reason = startedReason(fact.reason);
      break;
    case 'trap':
      draft.fields.trap = fact.reason;
      break;
    case 'frame':
      draft.frames.push(fact.frame);
      break;
    case 'kext':
      addKext(draft, fact.line);
      break;
    default:
      addOther(draft, fact);
  }
  if (fact.is !== 'frame' && fact.is !== 'kext' && fact.is !== 'weak') draft.list = listAfter(fact, draft.list);
}

function listAfter(fact: PanicFact, list: PanicList | undefined): PanicList | undefined {
  if (fact.is === 'title') return fact.list;
  return fact.is === 'own' || fact.is === 'register' ? list : undefined;
}

function addKext(draft: PanicDraft, { isDependency, kext }: Extract<PanicFact, { is: 'kext' }>['line']): void {
  const of = draft.kexts.at(-1);
  if (isDependency && of) of.dependencies.push(kext);
  // The kext whose dependency it is was cut away.
  else if (isDependency) draft.details.push(kext.text);
  else draft.kexts.push({ ...kext, dependencies: [] });
}

function addOther(draft: PanicDraft, fact: PanicFact): void {
  if (fact.is === 'title') addTitle(draft, fact);
  else if (fact.is === 'process') {
    draft.fields.process ??= fact.process;
    if (fact.pid !== undefined) draft.pid ??= fact.pid;
  } else if (fact.is === 'field') {
    if (fact.value !== '') draft.fields[fact.field] ??= fact.value;
    else if (fact.field !== 'bootArgs') draft.awaits = fact.field;
  } else if (fact.is === 'lastKext') {
    if (fact.kext.what === 'loaded' || fact.kext.what === 'started') draft.lastLoaded ??= fact.kext;
    else draft.lastUnloaded ??= fact.kext;
  }
}

function addTitle(draft: PanicDraft, { list, frames = [] }: Extract<PanicFact, { is: 'title' }>): void {
  for (const frame of frames) draft.frames.push(frame);
  if (list === 'loaded') draft.loaded ??= [];
  if (list === 'unloaded') draft.unloaded ??= [];
}

/** Adds a line to a reason that still waits for its closing quote. */
export function continueReason(draft: PanicDraft, { text }: PanicLine): void {
  if (draft.reason) draft.reason = continuedReason(draft.reason, text);
  draft.details.push(text);
}

/** The log, as far as it came. */
export function finished(draft: PanicDraft): PanicLog {
  const { fields, frames, kexts, details } = draft;
  const told = draft.reason && completed(draft.reason).text;
  const whole = told === undefined || told === '' ? fields.trap : told;
  return {
    line: draft.first,
    reason: whole,
    place: whole === undefined ? undefined : placeOf(whole),
    cpu: draft.panic?.cpu,
    caller: draft.panic?.caller,
    process: fields.process,
    pid: draft.pid,
    systemVersion: fields.systemVersion,
    kernelVersion: fields.kernelVersion,
    bootArgs: fields.bootArgs,
    frames,
    kextsInBacktrace: kexts,
    lastLoadedKext: draft.lastLoaded,
    lastUnloadedKext: draft.lastUnloaded,
    loadedKexts: draft.loaded,
    unloadedKexts: draft.unloaded,
    details,
  };
}
