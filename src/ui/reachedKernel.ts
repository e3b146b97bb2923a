import type { ToldPhase } from '../operations/phases.ts';

/** Phases that a cancel ends. */
const endsAtOnce: ReadonlySet<ToldPhase> = new Set(['waiting', 'building', 'installing']);

/** Whether the phase has reached the kernel: it is let come to its end, and a cancel waits for it. */
export function reachedKernel(phase: ToldPhase | undefined): phase is ToldPhase {
  return phase !== undefined && !endsAtOnce.has(phase);
}
