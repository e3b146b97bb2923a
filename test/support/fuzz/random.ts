/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  whole(below: number): number;
  /** One of them; throws RangeError where there is none. */
  one<T>(of: readonly T[]): T;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number) => Math.floor(next() * below);
  const one = <T>(of: readonly T[]): T => {
    if (of.length === 0) throw new RangeError('there is nothing to choose from');
    return of[whole(of.length)] as T;
  };
  return { whole, one };
}
