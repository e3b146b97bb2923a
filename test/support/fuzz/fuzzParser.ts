import type { ParsedText } from '../../../src/tools/text/parsedText.ts';
import { type Examined, examine } from './examine.ts';
import { mutate } from './mutate.ts';
import { processorMs } from './processorMs.ts';
import { randomOf } from './random.ts';

/** A parser, what it is given to begin with, and texts of other tools to mix in. */
export interface Fuzzed {
  readonly tool: string;
  readonly parse: (text: string) => ParsedText<unknown>;
  readonly captures: readonly string[];
  readonly others: readonly string[];
}

export interface Fuzzing {
  readonly tried: number;
  /** How many different shapes of an answer were met. */
  readonly shapes: number;
  readonly faults: readonly { readonly fault: string; readonly text: string }[];
  /** The text that took longest for its length, and how many milliseconds were computed for it. */
  readonly slowest: { readonly text: string; readonly ms: number };
}

// Enough to see what is wrong; one fault brings many.
const mostFaults = 3;
// No mutant is long enough for that much, where time goes with length.
const longestMs = 400;
// What is small and slow is noise of the machine.
const msPerCharacter = (ms: number, { length }: string) => ms / Math.max(length, 2_000);

/**
 * Gives the parser `times` mutants of its captures. A mutant of which the answer has a shape that was not met before becomes
 * a text to mutate itself, so that the search goes where the parser behaves in another way.
 */
export function fuzzParser({ tool, parse, captures, others }: Fuzzed, times: number, seed: number): Fuzzing {
  const random = randomOf(seed);
  const pool = captures.length > 0 ? [...captures] : [''];
  const shapes = new Set<string>();
  const faults: { fault: string; text: string }[] = [];
  let slowest = { text: '', ms: 0 };
  let tried = 0;
  for (; tried < times && faults.length < mostFaults; tried += 1) {
    const text = mutate(random.one(pool), random.one(others), random);
    let examined: Examined = {};
    const examineIt = () => {
      examined = examine(parse, text);
    };
    const first = processorMs(examineIt);
    // The engine may have collected garbage or compiled meanwhile: what is slow stays so.
    const ms = first > longestMs ? Math.min(first, processorMs(examineIt)) : first;
    if (msPerCharacter(ms, text) > msPerCharacter(slowest.ms, slowest.text)) slowest = { text, ms };
    const { fault, shape = '' } = examined;
    const where = `${tool}, mutant ${tried} of seed ${seed}`;
    if (fault !== undefined) {
      faults.push({ fault: `${where}: ${fault}`, text: shortest(parse, text) });
      continue;
    }
    if (ms > longestMs) {
      faults.push({ fault: `${where}: ${ms.toFixed(0)} ms for ${text.length} characters`, text });
      continue;
    }
    if (shapes.has(shape)) continue;
    shapes.add(shape);
    pool.push(text);
  }
  return { tried, shapes: shapes.size, faults, slowest };
}

/** The least of the text that still has a fault, as far as leaving pieces out finds it. */
function shortest(parse: (text: string) => ParsedText<unknown>, text: string): string {
  let best = text;
  for (let piece = Math.ceil(best.length / 2); piece >= 1; piece = Math.floor(piece / 2)) {
    for (let at = 0; at < best.length; ) {
      const less = best.slice(0, at) + best.slice(at + piece);
      if (examine(parse, less).fault === undefined) at += piece;
      else best = less;
    }
  }
  return best;
}
