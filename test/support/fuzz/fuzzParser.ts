import type { ParsedText } from '../../../src/tools/parsedText.ts';
import { examine } from './examine.ts';
import { mutate } from './mutate.ts';
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
  /** The text that took longest for its length, and how many milliseconds. */
  readonly slowest: { readonly text: string; readonly ms: number };
}

// Enough to see what is wrong; one fault brings many.
const mostFaults = 3;
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
    const start = performance.now();
    const { fault, shape = '' } = examine(parse, text);
    const ms = performance.now() - start;
    if (msPerCharacter(ms, text) > msPerCharacter(slowest.ms, slowest.text)) slowest = { text, ms };
    if (fault !== undefined) {
      faults.push({ fault: `${tool}, mutant ${tried} of seed ${seed}: ${fault}`, text: shortest(parse, text) });
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
