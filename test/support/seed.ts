/** A source of random choices that a number reproduces. */
export interface Choices {
  readonly seed: number;
  /** A whole number from 0 up to, not including, `below`. */
  readonly below: (below: number) => number;
}

/** The seed of this run: KEXT_DEV_SEED where it is set, so that a failure can be run again; any number otherwise. */
export function runSeed(): number {
  const named = Number(process.env.KEXT_DEV_SEED);
  return Number.isSafeInteger(named) && named > 0 ? named : 1 + Math.floor(Math.random() * 0x7ffffffe);
}

/** Choices that follow from `seed` alone (xorshift). */
export function choicesOf(seed: number): Choices {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  const below = (limit: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  return { seed, below };
}
