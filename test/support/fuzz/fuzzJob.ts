import { parsers } from '../../../src/tools/parsers.ts';
import { allCaptures } from '../../unit/tools/captures.ts';
import { type Fuzzed, type Fuzzing, fuzzParser } from './fuzzParser.ts';

/** A part of the work: so many mutants for the parser of that tool. The same seed gives the same mutants. */
export interface FuzzJob {
  readonly tool: string;
  readonly times: number;
  readonly seed: number;
}

// Of a capture of a whole Mac a piece is as good, and quicker.
const longestCapture = 12_000;

/** Reads the captures once and gives what does jobs with them. */
export function fuzzer(): (job: FuzzJob) => Fuzzing {
  const captures = allCaptures().map(({ tool, text }) => ({ tool, text: text.slice(0, longestCapture) }));
  const others = captures.map(({ text }) => text);
  return ({ tool, times, seed }) => {
    const parse = parsers[tool];
    if (parse === undefined) throw new RangeError(`${tool} has no parser`);
    const own = captures.filter(each => each.tool === tool).map(({ text }) => text);
    const fuzzed: Fuzzed = { tool, parse, captures: own, others };
    return fuzzParser(fuzzed, times, seed);
  };
}
