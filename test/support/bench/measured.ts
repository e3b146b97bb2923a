/** What was measured of one thing, beside its peer of the same run. */
export interface Measured {
  /** `a question with 20 events` */
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** What it is compared with: `a bare process`. */
  readonly peer: string;
  readonly peerValue: number;
  /** For an idle machine: at most so much, or at most so many times the peer. Absent where there is none. */
  readonly goal?: { readonly most: number } | { readonly ratio: number };
}

export type Unit = 'ms' | 'bytes' | 'processes';

/** The median time of `work` in ms over so many runs, after one that does not count. */
export async function medianMs(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await elapsedMs(work));
  return median(times);
}

/** How long `work` took, in ms. */
export async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The middle one; of an even number the higher of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** One line: `a question with 20 events   9.8 ms   2.1x a bare process (4.7 ms)   goal 50 ms: met`. */
export function measuredLine(measured: Measured): string {
  const { name, value, unit, peer, peerValue } = measured;
  const ratio = `${ratioText(value / peerValue, measured)} ${peer} (${shown(peerValue, unit)})`;
  return `${name.padEnd(52)} ${shown(value, unit).padStart(12)}   ${ratio.padEnd(56)} ${goalOf(measured)}`.trimEnd();
}

/** With a second digit where the goal has one. */
function ratioText(ratio: number, { goal }: Pick<Measured, 'goal'>): string {
  const isFine = goal !== undefined && 'ratio' in goal && !Number.isInteger(goal.ratio * 10);
  return `${ratio.toFixed(isFine ? 2 : 1)}x`;
}

function goalOf({ value, unit, peerValue, goal }: Measured): string {
  if (goal === undefined) return '';
  const [said, met] =
    'most' in goal
      ? [shown(goal.most, unit), value <= goal.most]
      : [ratioText(goal.ratio, { goal }), value <= goal.ratio * peerValue];
  return `goal ${said}: ${met ? 'met' : 'missed'}`;
}

function shown(value: number, unit: Unit): string {
  if (unit === 'processes') return `${value} processes`;
  if (unit === 'bytes')
    return value >= 1_000_000 ? `${(value / 1_000_000).toFixed(2)} MB` : `${(value / 1000).toFixed(0)} kB`;
  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(1)} ms`;
}
