import type { PanicLog } from '../panicLog.ts';
import { addFact, continueReason, emptyDraft, finished, type PanicDraft, takeLoadedKexts } from './panicDraft.ts';
import { type PanicFact, type PanicList, readPanicFact } from './panicFacts.ts';
import type { PanicLine } from './panicLine.ts';
import { completed } from './panicReason.ts';

// Between two known lines of one panic stand at most so many that are not known, such as a reason of many lines.
const longestGap = 64;
// Above a panic stand at most so many, as of a report that was opened out.
const longestHead = 1000;

/**
 * Puts lines together to panics, as they come. A line of a form that no panic log is known to have belongs to one if lines of
 * it stand before and behind; what follows the last known line of a panic, or stands before the first, belongs to none.
 */
export interface PanicAssembler {
  readonly take: (line: PanicLine) => void;
  /** No more lines follow those that were taken. */
  readonly end: () => void;
}

interface OpenPanic {
  readonly draft: PanicDraft;
  /** All of its lines until it has begun. */
  readonly lines: PanicLine[];
}

/** Nothing that is so long without a known line is a panic. */
function isTooLong({ draft, lines }: OpenPanic): boolean {
  return draft.pending.length > longestGap || (!draft.begun && lines.length > longestHead);
}

/** Gives each panic to `takePanic` and each line that belongs to none to `takeStranger`. */
export function panicAssembler(
  takePanic: (panic: PanicLog) => void,
  takeStranger: (line: PanicLine) => void,
): PanicAssembler {
  let open: OpenPanic | undefined;
  const readFact = lastFact();
  const end = () => {
    if (open?.draft.begun) takePanic(finished(open.draft));
    for (const line of (open?.draft.begun ? open.draft.pending : open?.lines) ?? []) takeStranger(line);
    open = undefined;
  };
  const take = (line: PanicLine) => {
    const fact = readFact(line, open?.draft.list);
    if (open && (startsAnother(open.draft, fact) || isTooLong(open))) end();
    if (!open && startsOne(fact)) open = { draft: emptyDraft(line.line), lines: [] };
    // Only lines above a panic are kept twice, for the case that none follows.
    if (open && !open.draft.begun) open.lines.push(line);
    if (open) addLine(open.draft, line, fact);
    else takeStranger(line);
  };
  return { take, end };
}

/** Reads lines that repeat each other once. */
function lastFact(): typeof readPanicFact {
  let last: { readonly text: string; readonly list: PanicList | undefined } | undefined;
  let fact: PanicFact | undefined;
  return (line, list) => {
    if (last?.text !== line.text || last.list !== list) {
      fact = readPanicFact(line, list);
      last = { text: line.text, list };
    }
    return fact;
  };
}

function startsOne(fact: PanicFact | undefined): boolean {
  return fact !== undefined && fact.is !== 'weak' && fact.is !== 'separator';
}

function startsAnother(draft: PanicDraft, fact: PanicFact | undefined): boolean {
  if (fact === undefined || fact.is === 'weak') return false;
  const { panic, fields, frames, kexts, loaded, closed } = draft;
  const whole = kexts.length > 0 || fields.kernelVersion !== undefined || loaded !== undefined;
  if (closed) return fact.is !== 'separator';
  if (fact.is === 'head') return draft.begun;
  // A PowerPC first tells the trap, then that it panics.
  if (fact.is === 'panic') return panic !== undefined || (fields.trap === undefined && (whole || frames.length > 0));
  if (fact.is === 'trap') return panic !== undefined || fields.trap !== undefined || whole;
  return fact.is === 'title' && fact.list === 'backtrace' && frames.length > 0 && whole;
}

function addLine(draft: PanicDraft, line: PanicLine, fact: PanicFact | undefined): void {
  const isKnown = fact !== undefined && fact.is !== 'weak';
  const { awaits, reason } = draft;
  if (reason?.complete === false && (!isKnown || fact.is === 'register')) {
    continueReason(draft, line);
    return;
  }
  if (reason && isKnown) draft.reason = completed(reason);
  draft.awaits = undefined;
  if (isKnown) {
    passPending(draft);
    addFact(draft, fact, line);
  } else if (awaits) {
    draft.fields[awaits] ??= line.bare;
    addFact(draft, { is: 'weak' }, line);
  } else if (!takesPending(draft, line)) {
    const belongs = line.certain || (fact !== undefined && draft.pending.length === 0);
    if (belongs) addFact(draft, { is: 'weak' }, line);
    else draft.pending.push(line);
  }
}

function takesPending(draft: PanicDraft, line: PanicLine): boolean {
  const at = draft.details.length;
  if (!takeLoadedKexts(draft, line)) return false;
  passPending(draft, at);
  return true;
}

/** What stood between two lines of the panic is its own. */
function passPending(draft: PanicDraft, at = draft.details.length): void {
  if (draft.pending.length === 0) return;
  draft.details.splice(at, 0, ...draft.pending.map(({ text }) => text));
  draft.pending.length = 0;
}
