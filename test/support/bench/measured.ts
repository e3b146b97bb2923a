/** What was measured of one thing, beside its peer of the same run. */
export interface Measured {
  /** `a question with 20 events` */
  readonly name: string;
  readonly ms: number;
  /** Goal for an idle machine, in ms. */
  readonly goalMs: number;
  /** What it is compared with: `a bare process`. */
  readonly peer: string;
  readonly peerMs: number;
}

/** The median time of `work` in ms over so many runs, after one that does not count. */
export async function medianMs(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await elapsedMs(work));
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

/** How long `work` took, in ms. */
export async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One line: `a question with 20 events   9.8 ms   2.1x a bare process (4.7 ms)   goal 50 ms: met`. */
export function measuredLine({ name, ms, goalMs, peer, peerMs }: Measured): string {
  const ratio = `${(ms / peerMs).toFixed(1)}x ${peer} (${rounded(peerMs)})`;
  return `${name.padEnd(52)} ${rounded(ms).padStart(9)}   ${ratio.padEnd(48)} goal ${rounded(goalMs)}: ${ms <= goalMs ? 'met' : 'missed'}`;
}

function rounded(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(1)} ms`;
}
