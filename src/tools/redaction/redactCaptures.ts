import type { Capture } from '../captures/captureFile.ts';
import { rewriteData } from './encodedData.ts';
import { findOriginals, type KnownNames, partsOf } from './findOriginals.ts';
import { addressShift } from './kernelAddresses.ts';
import type { PrivateKind } from './original.ts';
import type { Visit } from './privateValues.ts';
import { type Replacing, replacer } from './replacer.ts';
import { rewriterOf } from './rewriter.ts';
import { assignStandIns, withCaseOf } from './standIns.ts';

/** A private text and what stands for it now. */
export interface Replacement {
  readonly kind: PrivateKind;
  readonly original: string;
  readonly standIn: string;
  /** How often, in all captures. */
  readonly times: number;
}

/** Captures without what is private. */
export interface Redaction {
  /** In the order in which they came. */
  readonly captures: readonly RedactedCapture[];
  readonly replacements: readonly Replacement[];
  /** Originals that still stand in a capture, which must not be: nothing of it may be given away then. */
  readonly left: readonly string[];
}

export interface RedactedCapture extends Capture {
  /** How many private texts stood in it. */
  readonly replaced: number;
}

/**
 * Replaces in all captures, in both streams and in the arguments, what tells one machine, person or vendor from another: by
 * stand-ins of the same length, the same one for the same original. Lines, columns and structure stay as they are.
 */
export function redactCaptures(captures: readonly Capture[], known: KnownNames): Redaction {
  const rewrite = rewriterOf(captures, known.own);
  const originals = findOriginals(captures, known, rewrite);
  const standIns = assignStandIns(originals);
  const tally = new Map<string, number>();
  const count = (original: string) => tally.set(original, (tally.get(original) ?? 0) + 1);
  const visit: Visit = value => {
    const standIn = standIns.get(value.toLowerCase());
    if (standIn === undefined) return value;
    count(value.toLowerCase());
    return withCaseOf(standIn, value);
  };
  const replacings = originals.flatMap(({ text, reach }): readonly Replacing[] => {
    const standIn = standIns.get(text.toLowerCase());
    if (reach === 'place' || standIn === undefined) return [];
    return [{ original: text, standIn, reach, found: () => count(text.toLowerCase()) }];
  });
  const everywhere = replacer(replacings);
  const shift = addressShift(captures.flatMap(partsOf).map(({ text }) => text));
  let addresses = 0;
  const redact = (tool: string, text: string): string => {
    const placed = rewrite(tool, text, visit);
    const written = everywhere(rewriteData(placed, everywhere));
    return shift(written, () => {
      addresses += 1;
    });
  };
  const redacted = captures.map(capture => {
    const before = sum(tally) + addresses;
    const parts = {
      argv: capture.argv.map(word => redact('', word)),
      stdout: redact(capture.tool, capture.stdout),
      stderr: redact(capture.tool, capture.stderr),
    };
    return { ...capture, ...parts, replaced: sum(tally) + addresses - before };
  });
  const replacements = originals.flatMap(({ kind, text }) => {
    const times = tally.get(text.toLowerCase()) ?? 0;
    return times === 0 ? [] : [{ kind, original: text, standIn: standIns.get(text.toLowerCase()) ?? '', times }];
  });
  const moved: Replacement = { kind: 'kernel address', original: '0x…', standIn: '0x…', times: addresses };
  return {
    captures: redacted,
    replacements: addresses === 0 ? replacements : [...replacements, moved],
    left: leftIn(redacted, replacings),
  };
}

/** Looks for the originals once more, as somebody would who knows them. */
function leftIn(captures: readonly Capture[], replacings: readonly Replacing[]): readonly string[] {
  const left = new Set<string>();
  const look = replacer(replacings.map(each => ({ ...each, found: () => left.add(each.original) })));
  for (const { text } of captures.flatMap(partsOf)) {
    look(text);
    rewriteData(text, look);
  }
  return [...left];
}

function sum(tally: ReadonlyMap<string, number>): number {
  return [...tally.values()].reduce((total, times) => total + times, 0);
}
