import type { KernelPhase } from './reachedKernel.ts';

/** What a task says of a cancel in a phase that goes on to its end. */
export function cancellingText(phase: KernelPhase): string {
  return `Cancelling after the ${steps[phase]}, which is not stopped half-way.`;
}

const steps: Readonly<Record<KernelPhase, string>> = {
  unloading: 'unload',
  loading: 'load',
  verifying: 'proof',
  removing: 'removal',
};
