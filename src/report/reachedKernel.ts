import type { ToldPhase } from '../operations/phases.ts';

/** Phases that a cancel ends. */
const endsAtOnce = ['waiting', 'building', 'installing'] as const;

/** A phase that has reached the kernel: it is let come to its end, and a cancel waits for it. */
export type KernelPhase = Exclude<ToldPhase, (typeof endsAtOnce)[number]>;

/** Whether the phase is one. */
export function reachedKernel(phase: ToldPhase | undefined): phase is KernelPhase {
  return phase !== undefined && !endsAtOnce.some(each => each === phase);
}
